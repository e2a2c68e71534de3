# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether two buyers are one person, as far as names and addresses can tell."""

import unicodedata

# Services that give a buyer another address for each shop, or for each order: such an
# address says nothing about who it is. A domain covers its subdomains, and with a dot
# at its end any top level.
RELAYS = (
    "marketplace.amazon.",
    "members.ebay.",
    "privaterelay.appleid.com",
    "relay.firefox.com",
    "mozmail.com",
    "duck.com",
    "reply.etsy.com",
    "anonaddy.me",
    "simplelogin.com",
)


def clean_email(text: str) -> str:
    """An address as it is compared; empty if it is none.

    >>> clean_email(" Ada@Example.com "), clean_email("none")
    ('ada@example.com', '')
    """
    address = text.strip().casefold()
    name, _at, domain = address.rpartition("@")
    return address if name and "." in domain else ""


def is_relay(email: str) -> bool:
    """Whether an address only forwards, and stands for nobody.

    >>> is_relay("x7@marketplace.amazon.de"), is_relay("ada@example.com")
    (True, False)
    """
    domain = email.rpartition("@")[2].casefold()
    return any(
        f".{domain}".endswith(f".{relay}")
        or (relay.endswith(".") and f".{domain}".find(f".{relay}") >= 0)
        for relay in RELAYS
    )


def is_same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's; a name that is not told may be anybody's.

    Accents, capitals, spaces and the order of the words make no difference.

    >>> is_same_name("Zoë  Durand", "DURAND, zoe"), is_same_name("Ada", "Bob")
    (True, False)
    """
    left, right = _words(one), _words(other)
    return not left or not right or left == right


def clean_vat(text: str) -> str:
    """A VAT number as it is compared.

    >>> clean_vat("be 0477.472.701")
    'BE0477472701'
    """
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = (sign for sign in plain if not unicodedata.combining(sign))
    return sorted("".join(sign if sign.isalnum() else " " for sign in letters).split())
