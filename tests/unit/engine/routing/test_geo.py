# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest

from odoo.addons.oms_routing.engine.centroids import (
    COUNTRIES,
    STATES,
    US_ZIP_PREFIXES,
)
from odoo.addons.oms_routing.engine.geo import Position, distance_km, locate

# Great-circle distances as published by several air-mile calculators, rounded.
KNOWN = [
    ("across the Atlantic", (51.47, -0.4543), (40.6413, -73.7781), 5540),
    ("across the date line", (-36.85, 174.76), (-13.83, -171.77), 2890),
    ("over the pole", (64.84, -147.72), (59.33, 18.06), 6130),
]


@pytest.mark.parametrize(
    ("here", "there", "kilometres"), [k[1:] for k in KNOWN], ids=[k[0] for k in KNOWN]
)
def test_distance_is_within_one_percent(here, there, kilometres):
    distance = distance_km(Position(*here), Position(*there))
    assert distance == pytest.approx(kilometres, rel=0.01)


def test_distance_to_itself_is_zero():
    assert distance_km(Position(10.0, 10.0), Position(10.0, 10.0)) == 0


def test_opposite_points_are_half_the_globe_apart():
    assert distance_km(Position(0.0, 0.0), Position(0.0, 180.0)) == 20015.1


def test_own_coordinates_come_before_the_middle_of_the_state():
    assert locate(latitude=1.0, longitude=2.0, country="US", state="NV").area == ""


def test_zip_code_names_the_state_in_the_united_states():
    assert locate(country="US", zip_code="02116").area == "MA"


def test_zip_code_of_another_country_names_no_american_state():
    assert locate(country="FR", zip_code="75001", country_name="France").area == (
        "France"
    )


def test_state_that_the_table_lacks_falls_back_to_the_country():
    assert locate(country="DE", state="BE", country_name="Germany").area == "Germany"


def test_every_state_of_a_zip_prefix_is_in_the_table():
    unknown = {code for code in US_ZIP_PREFIXES.values() if f"US-{code}" not in STATES}
    assert unknown == set()


@pytest.mark.parametrize("table", [COUNTRIES, STATES], ids=["countries", "states"])
def test_table_holds_degrees(table):
    wrong = {
        code: place
        for code, place in table.items()
        if not (-90 <= place[0] <= 90 and -180 <= place[1] <= 180)
    }
    assert wrong == {}


def test_every_state_lies_near_the_middle_of_its_country():
    """A slip of sign or of digits would put it on another continent."""
    far = {
        code: distance
        for code, place in STATES.items()
        if code.partition("-")[2] not in {"AS", "FM", "GU", "MH", "MP", "PW", "HI"}
        and (
            distance := distance_km(
                Position(*place), Position(*COUNTRIES[code.partition("-")[0]])
            )
        )
        > 5000
    }
    assert far == {}
