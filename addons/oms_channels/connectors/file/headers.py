# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which field of ours a sender's header means; a person corrects the guess."""

from collections.abc import Collection, Iterable

from .fields import LABELS, default_source

# Headers that senders like, beside the names of the fields.
KNOWN = {
    "external_id": (
        *("order", "orderid", "ordernumber", "orderno", "bestellnr", "ponumber"),
        *("pono", "name"),
    ),
    "placed_at": (
        *("date", "orderdate", "createdat", "purchasedate", "saledate", "datum"),
        "podate",
    ),
    "line.sku": (
        *("item", "itemnumber", "lineitemsku", "article", "artikel", "customlabel"),
        "itemno",
    ),
    "line.name": ("title", "itemtitle", "productname", "lineitemname", "description"),
    "line.quantity": ("qty", "lineitemquantity", "quantitypurchased", "menge"),
    "line.unit_price": ("price", "lineitemprice", "soldfor", "preis", "unitcost"),
    "line.amount": ("itemprice", "betrag"),
    "customer.name": ("buyer", "buyername", "customer", "kunde"),
    "customer.email": ("email", "buyeremail"),
    "ship_to.name": ("shipto", "shiptoname", "shippingname", "recipientname"),
    "ship_to.street": (
        *("shiptoaddress1", "shippingaddress1", "shipaddress1", "address"),
        *("address1", "street"),
    ),
    "ship_to.street2": (
        *("shiptoaddress2", "shippingaddress2", "shipaddress2", "address2"),
    ),
    "ship_to.city": ("shiptocity", "shippingcity", "city"),
    "ship_to.zip": ("shiptozip", "shippingzip", "shippostalcode", "postcode", "zip"),
    "ship_to.state": ("shiptostate", "shippingprovince", "state"),
    "ship_to.country": ("shiptocountry", "shippingcountry", "country"),
    "shipping": ("shippingandhandling", "shippingprice"),
    "total": ("totalprice", "summe"),
    "note": ("buyernote", "notes"),
}


def guess_fields(
    names: Iterable[str], taken: Collection[str] = (), within: str = ""
) -> dict[str, str]:
    """{header: field}; a field is guessed once, headers that say nothing are not in.

    :param taken: fields that have their column already
    :param within: the beginning of the fields in question, as ``line.``

    >>> guess_fields(["Order", "Colour", "Qty"])
    {'Order': 'external_id', 'Qty': 'line.quantity'}
    """
    left = [name for name in LABELS if name not in taken and name.startswith(within)]
    found: dict[str, str] = {}
    for name in names:
        field = next((field for field in left if _is_meant(field, name)), "")
        if field:
            left.remove(field)
            found[name] = field
    return found


def _is_meant(field: str, header: str) -> bool:
    plain = "".join(sign for sign in header.lower() if sign.isalnum())
    own = default_source(field).replace("_", "")
    return bool(plain) and (plain == own or plain in KNOWN.get(field, ()))
