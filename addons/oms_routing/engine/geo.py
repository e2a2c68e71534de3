# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where things are on the globe, and how far apart."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from .centroids import COUNTRIES, STATES, US_ZIP_PREFIXES

# Mean radius by the International Union of Geodesy and Geophysics.
EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east. ``area``: the middle of it stands for the address."""

    latitude: float
    longitude: float
    area: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address as far as routing reads it; codes are ISO 3166, "" if unknown."""

    position: Position | None = None
    country: str = ""
    state: str = ""
    zip: str = ""


def distance_km(here: Position | None, there: Position | None) -> float | None:
    """Great-circle distance, to the tenth of a kilometre; None if one is unknown.

    >>> distance_km(Position(39.5, -119.8), Position(42.35, -71.08))
    4049.3
    >>> distance_km(Position(39.5, -119.8), None)
    """
    if here is None or there is None:
        return None
    north, east = radians(here.latitude), radians(here.longitude)
    other_north, other_east = radians(there.latitude), radians(there.longitude)
    chord = (
        sin((other_north - north) / 2) ** 2
        + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    )
    return round(2 * EARTH_RADIUS_KM * asin(sqrt(min(chord, 1.0))), 1)


def locate(
    *,
    latitude: float = 0.0,
    longitude: float = 0.0,
    country: str = "",
    state: str = "",
    zip_code: str = "",
    country_name: str = "",
    state_name: str = "",
) -> Position | None:
    """The position of an address, as well as it is known.

    Its own coordinates (0, 0 means none), else the middle of its state, else of the
    state that its ZIP code names, else of its country.

    >>> locate(latitude=39.5, longitude=-119.8, country="US")
    Position(latitude=39.5, longitude=-119.8, area='')
    >>> locate(country="US", state="NV", state_name="Nevada")
    Position(latitude=38.8, longitude=-116.4, area='Nevada')
    >>> locate(country="US", zip_code="89521-0001").area
    'NV'
    >>> locate(country="DE", zip_code="10115", country_name="Germany").area
    'Germany'
    >>> locate(country="??")
    """
    if latitude or longitude:
        return Position(latitude, longitude)
    if not state and country == "US":
        state, state_name = US_ZIP_PREFIXES.get(zip_code.strip()[:3], ""), ""
    if middle := STATES.get(f"{country}-{state}"):
        return Position(*middle, area=state_name or state)
    if middle := COUNTRIES.get(country):
        return Position(*middle, area=country_name or country)
    return None
