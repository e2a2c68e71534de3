# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Buyers that do not exist, at addresses that are nobody's, with their taxes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FIRST_NAMES = (
    "Ada",
    "Bastien",
    "Chloé",
    "Dmitri",
    "Elif",
    "Finn",
    "Grace",
    "Håkon",
    "Inès",
    "Jürgen",
    "Katarzyna",
    "Luca",
    "Maeve",
    "Núria",
    "Oluwaseun",
    "Priya",
    "Quentin",
    "Rosalind",
    "Søren",
    "Tomás",
    "Ursula",
    "Vikram",
    "Wren",
    "Xiomara",
    "Yara",
    "Zoë",
)
LAST_NAMES = (
    "Almeida",
    "Bergström",
    "Castellano",
    "D'Été",
    "Eriksen",
    "Fairweather",
    "Großmann",
    "Hollis",
    "Ivarsson",
    "Jankowski",
    "Kowalczyk",
    "Lindqvist",
    "Marchetti",
    "Novák",
    "O'Brannagh",
    "Pemberton",
    "Quist",
    "Rousseau",
    "Schäfer",
    "Tamm",
    "Van der Velde",
    "Whitlock",
    "Yildiz",
    "Zamora",
)
COMPANIES = (None, None, None, None, "Alder & Sons", "Blue Heron Café", "Studio Ø")
NOTES = (
    "Please leave it with the neighbour 🏡\nand ring twice.\n\nThank you!",
    "Gift 🎁 — no invoice in the box, please.\r\nHappy birthday, Zoë! 🎉",
    "Back door; the front bell is broken.",
    "Livrer après 18 h s'il vous plaît\n→ code 42B",
    "Can you ship everything together? 📦",
)


@dataclass(frozen=True, slots=True)
class Place:
    country: str
    country_code: str
    province: str | None
    province_code: str | None
    city: str
    zip: str
    street: str
    phone: str
    latitude: float
    longitude: float
    rates: tuple[tuple[str, Decimal], ...]
    currency: str


def _usa(province, code, city, zip_, street, lat, lon, *rates):
    taxes = tuple((title, Decimal(rate)) for title, rate in rates)
    return Place(
        "United States",
        "US",
        province,
        code,
        city,
        zip_,
        street,
        "+1202555",
        lat,
        lon,
        taxes,
        "USD",
    )


def _europe(country, code, city, zip_, street, phone, lat, lon, tax, rate, currency):
    return Place(
        country,
        code,
        None,
        None,
        city,
        zip_,
        street,
        phone,
        lat,
        lon,
        ((tax, Decimal(rate)),),
        currency,
    )


AMERICAN = (
    _usa(
        "California",
        "CA",
        "Fresno",
        "93721",
        "Orchard Row",
        36.73,
        -119.79,
        ("California State Tax", "0.0725"),
        ("Fresno County Tax", "0.01225"),
    ),
    _usa(
        "New York",
        "NY",
        "Buffalo",
        "14202",
        "Harbor Lane",
        42.89,
        -78.88,
        ("New York State Tax", "0.04"),
        ("Erie County Tax", "0.0475"),
    ),
    _usa(
        "Texas",
        "TX",
        "Austin",
        "78701",
        "Pecan Bend",
        30.27,
        -97.74,
        ("Texas State Tax", "0.0625"),
        ("Austin City Tax", "0.01"),
    ),
    _usa(
        "Kentucky",
        "KY",
        "Louisville",
        "40202",
        "Bluegrass Way",
        38.25,
        -85.76,
        ("Kentucky State Tax", "0.06"),
    ),
    _usa(
        "Illinois",
        "IL",
        "Peoria",
        "61602",
        "Prairie Walk",
        40.69,
        -89.59,
        ("Illinois State Tax", "0.0625"),
        ("Peoria County Tax", "0.0275"),
    ),
    _usa("Oregon", "OR", "Portland", "97204", "Ferry Street", 45.52, -122.68),
    _usa(
        "Massachusetts",
        "MA",
        "Lowell",
        "01852",
        "Mill Pond Road",
        42.63,
        -71.31,
        ("Massachusetts State Tax", "0.0625"),
    ),
)
EUROPEAN = (
    _europe(
        "France",
        "FR",
        "Lyon",
        "69002",
        "rue des Tilleuls",
        "+3319900",
        45.75,
        4.83,
        "FR TVA",
        "0.2",
        "EUR",
    ),
    _europe(
        "Germany",
        "DE",
        "Köln",
        "50667",
        "Lindenstraße",
        "+4930230",
        50.94,
        6.96,
        "DE MwSt",
        "0.19",
        "EUR",
    ),
    _europe(
        "Belgium",
        "BE",
        "Gent",
        "9000",
        "Korenpad",
        "+3246000",
        51.05,
        3.72,
        "BE BTW",
        "0.21",
        "EUR",
    ),
    _europe(
        "Sweden",
        "SE",
        "Göteborg",
        "411 03",
        "Björkgatan",
        "+4631390",
        57.71,
        11.97,
        "SE Moms",
        "0.25",
        "SEK",
    ),
    _europe(
        "United Kingdom",
        "GB",
        "Bristol",
        "BS1 4ST",
        "Quayside Terrace",
        "+4411749",
        51.45,
        -2.59,
        "GB VAT",
        "0.2",
        "GBP",
    ),
    _europe(
        "Switzerland",
        "CH",
        "Bern",
        "3011",
        "Aarehalde",
        "+4131000",
        46.95,
        7.45,
        "CH MWST",
        "0.081",
        "CHF",
    ),
)
PLACES = {place.country_code: place for place in reversed((*AMERICAN, *EUROPEAN))}
RATES = {  # one US dollar
    "USD": Decimal(1),
    "EUR": Decimal("0.9214"),
    "GBP": Decimal("0.7893"),
    "SEK": Decimal("10.4127"),
    "CHF": Decimal("0.8846"),
    "JPY": Decimal("149.37"),
    "CAD": Decimal("1.3618"),
}
