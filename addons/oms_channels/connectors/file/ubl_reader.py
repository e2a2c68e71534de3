# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""UBL Order 2.x, as in Peppol BIS Ordering: the same fields in any profile."""

from decimal import Decimal
from typing import Any

from ...engine.errors import Rejected
from .building import CENT, Draft
from .edi import complete_item, order_key, prefer_amount, request_day
from .formats import Document, Format
from .values import read_decimal, read_moment
from .xml_reader import find, local_name, parse, tell

ID_PATHS = (
    "Party/EndpointID",
    "Party/PartyIdentification/ID",
    "Party/PartyTaxScheme/CompanyID",
    "SupplierAssignedAccountID",
    "CustomerAssignedAccountID",
)
# The last day that suits the buyer, else the first one.
REQUESTED = (
    "Delivery/RequestedDeliveryPeriod/EndDate",
    "Delivery/RequestedDeliveryPeriod/StartDate",
)
PLACES = ("DeliveryLocation/Address", "DeliveryAddress", "DeliveryParty/PostalAddress")


def read_records(content: bytes, form: Format) -> list[Any]:
    """Order elements: the root, or what an envelope holds."""
    root = parse(content)
    orders = [e for e in root.iter() if local_name(e) == "Order" and _is_ubl(e)]
    if not orders:
        raise Rejected(
            f"The file is not a UBL order: its root is {local_name(root)}.",
            field="file",
            value=local_name(root),
        )
    return orders


def _is_ubl(element: Any) -> bool:
    return "ubl:schema:xsd:Order-2" in element.tag


def read_orders(content: bytes, form: Format) -> list[Document]:
    """:raise Rejected: if it is not XML, or no order of UBL"""
    return [
        _read_order(order, position, form)
        for position, order in enumerate(read_records(content, form), 1)
    ]


def _read_order(order: Any, position: int, form: Format) -> Document:
    draft = Draft(form)
    draft.rows.append(position)
    number = tell(order, "ID")
    buyer = _one(order, "BuyerCustomerParty")
    key = _first(buyer, ID_PATHS)
    head: dict[str, object] = {
        "external_id": order_key(key, number),
        "number": number,
        "purchase_order": tell(order, "CustomerReference") or number,
        "placed_at": _moment(order, form),
        "currency": _currency(order) or form.currency,
    }
    notes = [str(note.text or "") for note in find(order, "Note")]
    request_day(head, notes, _first(order, REQUESTED)[:10])
    head["note"] = "\n".join(notes)
    draft.add_head({k: v for k, v in head.items() if v}, {})
    draft.payload |= {
        "customer": _customer(buyer, key),
        "ship_to": _ship_to(order),
        "bill_to": _bill_to(order, buyer),
    }
    for node in find(order, "OrderLine"):
        for item in find(node, "LineItem"):
            _add_line(draft, item, tell(node, "Note"))
    _add_allowances(draft, order)
    document = draft.finish()
    if total := _total(order, document.payload):
        document.payload["total"] = total
    return document


def _one(node: Any, path: str) -> Any:
    found = find(node, path) if node is not None else []
    return found[0] if found else None


def _first(node: Any, paths: tuple[str, ...]) -> str:
    texts = (tell(node, path) for path in paths) if node is not None else ()
    return next(filter(None, texts), "")


def _moment(order: Any, form: Format) -> str:
    day, hour = tell(order, "IssueDate"), tell(order, "IssueTime")
    return read_moment(f"{day}T{hour or '00:00:00'}", Format(tz=form.tz)) if day else ""


def _currency(order: Any) -> str:
    code = tell(order, "DocumentCurrencyCode") or tell(order, "PricingCurrencyCode")
    if code:
        return code
    amounts = ("OrderLine/LineItem/LineExtensionAmount/@currencyID",)
    return tell(order, amounts[0])


# === PARTIES ===


def _customer(party: Any, key: str) -> dict[str, object]:
    if party is None:
        return {}
    return {
        "external_id": key,
        "name": _first(party, ("Party/PartyName/Name", *_legal())),
        "email": tell(party, "Party/Contact/ElectronicMail"),
        "phone": tell(party, "Party/Contact/Telephone"),
        "vat": tell(party, "Party/PartyTaxScheme/CompanyID"),
        "is_company": True,
    }


def _legal() -> tuple[str, ...]:
    return ("Party/PartyLegalEntity/RegistrationName",)


def _name(party: Any) -> dict[str, str]:
    name = "" if party is None else _first(party, ("Party/PartyName/Name", *_legal()))
    return {"company": name, "name": name} if name else {}


def _party_address(party: Any) -> Any:
    return _one(party, "Party/PostalAddress")


def _ship_to(order: Any) -> dict[str, str]:
    delivery = _one(order, "Delivery")
    places = (_one(delivery, path) for path in PLACES)
    address = next((place for place in places if place is not None), None)
    if address is None:
        address = _party_address(_one(order, "BuyerCustomerParty"))
    name = _first(delivery, ("DeliveryParty/PartyName/Name", "DeliveryLocation/Name"))
    found = _address(address)
    buyer = _name(_one(order, "BuyerCustomerParty"))
    return found | ({"name": name, "company": name} if name else buyer)


def _bill_to(order: Any, buyer: Any) -> dict[str, str]:
    """Who is to pay, if the order says another address than the buyer's."""
    payer = _one(order, "AccountingCustomerParty")
    if _party_address(payer) is None:
        payer = buyer
    return _address(_party_address(payer)) | _name(payer)


def _address(node: Any) -> dict[str, str]:
    if node is None:
        return {}
    street = " ".join(
        filter(None, (tell(node, "StreetName"), tell(node, "BuildingNumber")))
    )
    second = _first(node, ("AdditionalStreetName", "AddressLine/Line"))
    found = {
        "street": street or tell(node, "Postbox"),
        "street2": second,
        "city": tell(node, "CityName"),
        "zip": tell(node, "PostalZone"),
        "state": tell(node, "CountrySubentityCode"),
        "country": tell(node, "Country/IdentificationCode"),
    }
    return {key: value for key, value in found.items() if value}


# === LINES ===


def _add_line(draft: Draft, node: Any, note: str) -> None:
    key = tell(node, "ID")
    quantity = tell(node, "Quantity")
    values: dict[str, object] = {
        "line.external_id": key,
        "line.name": _first(node, ("Item/Name", "Item/Description")),
        "line.sku": _first(node, ("Item/SellersItemIdentification/ID",)),
        "line.barcode": tell(node, "Item/StandardItemIdentification/ID"),
        "line.quantity": quantity,
        "line.unit_price": _unit_price(node),
        "line.discount": _sum_allowances(node, "false"),
        "line.tax_percent": tell(node, "Item/ClassifiedTaxCategory/Percent"),
        "line.buyer_sku": tell(node, "Item/BuyersItemIdentification/ID"),
        "line.unit": tell(node, "Quantity/@unitCode"),
        "line.note": note or tell(node, "Note"),
    }
    complete_item(values)
    charge = _sum_allowances(node, "true")
    prefer_amount(values, _goods_amount(node, values["line.discount"], charge))
    place = f"line {key}"
    where = {name: f"{place}, {name.removeprefix('line.')}" for name in values}
    draft.add_line({k: v for k, v in values.items() if v}, where | {"": place})
    if charge:
        _add_fee(draft, f"{key}-charge", f"Charge on line {key}", charge)


def _unit_price(node: Any) -> str:
    """The price of one unit: UBL gives that of a base quantity."""
    text = tell(node, "Price/PriceAmount")
    price, base = read_decimal(text), read_decimal(tell(node, "Price/BaseQuantity"))
    if price is None or not base or base == 1:
        return text
    return f"{(price / base).quantize(Decimal('0.000001')).normalize():f}"


def _goods_amount(node: Any, discount: object, charge: str) -> str:
    """The line's amount before its discounts and charges, which UBL has in it."""
    said = read_decimal(tell(node, "LineExtensionAmount"))
    less, more = read_decimal(discount or "0"), read_decimal(charge or "0")
    if said is None or less is None or more is None:
        return ""
    return f"{said + less - more:f}"


def _sum_allowances(node: Any, indicator: str) -> str:
    amounts = [
        tell(found, "Amount")
        for found in find(node, "AllowanceCharge")
        if tell(found, "ChargeIndicator").lower() == indicator
    ]
    return _sum(amounts)


def _sum(texts: list[str]) -> str:
    """The sum, or the first that is no number, for the mapper to refuse."""
    amounts = [read_decimal(text) for text in texts]
    for amount, text in zip(amounts, texts, strict=True):
        if amount is None:
            return text
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    return f"{total:f}" if texts else ""


def _add_allowances(draft: Draft, order: Any) -> None:
    """Discounts and charges of the whole order are lines of their own."""
    for count, node in enumerate(find(order, "AllowanceCharge"), 1):
        amount = tell(node, "Amount")
        is_charge = tell(node, "ChargeIndicator").lower() == "true"
        name = tell(node, "AllowanceChargeReason")
        fallback = "Charge" if is_charge else "Discount"
        signed = amount if is_charge else f"-{amount}"
        _add_fee(draft, f"allowance-{count}", name or fallback, signed)


def _add_fee(draft: Draft, key: str, name: str, amount: str) -> None:
    values: dict[str, object] = {
        "line.external_id": key,
        "line.kind": "fee",
        "line.name": name,
        "line.quantity": "1",
        "line.unit_price": amount,
    }
    draft.add_line(values, {"": name})


# === TOTAL ===


def _total(order: Any, payload: dict[str, object]) -> str:
    """What the buyer expects to pay, if it says so with the taxes of the lines."""
    totals = _one(order, "AnticipatedMonetaryTotal")
    if totals is None:
        return ""
    lines = payload["lines"]
    assert isinstance(lines, list)  # noqa: S101 (for the type checker)
    with_tax = tell(totals, "TaxInclusiveAmount")
    if with_tax:
        return with_tax
    if any(line.get("taxes") for line in lines):
        return ""
    prepaid = read_decimal(tell(totals, "PrepaidAmount") or "0") or Decimal(0)
    payable = read_decimal(tell(totals, "PayableAmount"))
    return "" if payable is None else f"{(payable + prepaid).quantize(CENT):f}"
