# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One order for ten mugs and a lamp, in every form that a file can have."""

import io
import json
from pathlib import Path

import openpyxl

from odoo.addons.oms_channels.connectors.file.formats import Column, Format

FIXTURES = Path(__file__).parents[3] / "fixtures" / "file"

TABLE = [
    ["Order", "Date", "Currency", "SKU", "Qty", "Price", "Tax", "Name"],
    ["4711", "2026-03-01 10:00", "EUR", "MUG", 10, 7.5, 19, "Ada Buyer"],
    ["4711", None, None, "LAMP", 1, 20, 19, None],
]
COLUMNS = tuple(
    Column(field, source)
    for field, source in [
        ("external_id", "Order"),
        ("placed_at", "Date"),
        ("currency", "Currency"),
        ("line.sku", "SKU"),
        ("line.quantity", "Qty"),
        ("line.unit_price", "Price"),
        ("line.tax_percent", "Tax"),
        ("customer.name", "Name"),
    ]
)
TREE = tuple(
    Column(field, source)
    for field, source in [
        ("external_id", "number"),
        ("placed_at", "placed"),
        ("currency", "currency"),
        ("customer.name", "buyer/name"),
        ("line.sku", "sku"),
        ("line.quantity", "qty"),
        ("line.unit_price", "price"),
        ("line.tax_percent", "tax"),
    ]
)
OBJECT = {
    "number": "4711",
    "placed": "2026-03-01T10:00:00Z",
    "currency": "EUR",
    "buyer": {"name": "Ada Buyer"},
    "items": [
        {"sku": "MUG", "qty": 10, "price": "7.50", "tax": 19},
        {"sku": "LAMP", "qty": 1, "price": "20.00", "tax": 19},
    ],
}
XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="urn:example"><orders><order><number>4711</number>
<placed>2026-03-01T10:00:00Z</placed><currency>EUR</currency>
<buyer><name>Ada Buyer</name></buyer><items>
<item><sku>MUG</sku><qty>10</qty><price>7.50</price><tax>19</tax></item>
<item><sku>LAMP</sku><qty>1</qty><price>20.00</price><tax>19</tax></item>
</items></order></orders></export>
"""
UBL_LINE = """<cac:OrderLine><cac:LineItem><cbc:ID>{key}</cbc:ID>
<cbc:Quantity unitCode="C62">{quantity}</cbc:Quantity>
<cac:Price><cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount>
<cbc:BaseQuantity>{base}</cbc:BaseQuantity></cac:Price>
<cac:Item><cbc:Name>{sku}</cbc:Name>
<cac:SellersItemIdentification><cbc:ID>{sku}</cbc:ID></cac:SellersItemIdentification>
<cac:ClassifiedTaxCategory><cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory>
</cac:Item></cac:LineItem></cac:OrderLine>"""
UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>4711</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate>
<cbc:IssueTime>10:00:00Z</cbc:IssueTime>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:BuyerCustomerParty><cac:Party><cbc:EndpointID>5412345000013</cbc:EndpointID>
<cac:PartyName><cbc:Name>Ada Buyer</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>Elm St</cbc:StreetName>
<cbc:BuildingNumber>1</cbc:BuildingNumber><cbc:CityName>Gent</cbc:CityName>
<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country>
</cac:PostalAddress></cac:Party></cac:BuyerCustomerParty>
<cac:AnticipatedMonetaryTotal>
<cbc:TaxInclusiveAmount currencyID="EUR">113.05</cbc:TaxInclusiveAmount>
</cac:AnticipatedMonetaryTotal>
{lines}</Order>
""".format(
    lines=UBL_LINE.format(key=1, quantity=10, price="750", base=100, sku="MUG")
    + UBL_LINE.format(key=2, quantity=1, price="20", base=1, sku="LAMP")
)
EDIFACT = """UNA:+.? '
UNB+UNOC:3+5412345000013:14+4012345000009:14+260301:1000+REF1'
UNH+1+ORDERS:D:96A:UN:EAN008'
BGM+220+4711+9'
DTM+137:202603011000:203'
DTM+2:20260310:102'
NAD+BY+5412345000013::9++Ada Buyer+Elm St 1+Gent++9000+BE'
NAD+SU+4012345000009::9'
NAD+DP+5412345000020::9++Ada?'s Store+Dock 2+Gent++9000+BE'
CUX+2:EUR:9'
LIN+1++4006381333931:EN'
PIA+1+MUG:SA'
IMD+F++:::Mug'
QTY+21:10:PCE'
PRI+AAA:750:::100'
TAX+7+VAT+++:::19'
LIN+2'
PIA+1+LAMP:SA'
QTY+21:1'
PRI+AAA:20'
TAX+7+VAT+++:::19'
UNS+S'
CNT+2:2'
UNT+22+1'
UNZ+1+REF1'
"""
X12 = (
    "ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         "
    "*260301*1000*U*00401*000000055*0*P*>~\n"
    "GS*PO*BUYER*SELLER*20260301*1000*55*X*004010~\nST*850*0001~\n"
    "BEG*00*SA*4711**20260301~\nCUR*BY*EUR~\n"
    "N1*BY*Ada Buyer*92*100~\nN3*1 Elm St~\nN4*Reno*NV*89501*US~\n"
    "N1*ST*Ada Store*92*200~\nN3*2 Elm St~\nN4*Reno*NV*89501*US~\n"
    "PO1*1*10*EA*7.50**VN*MUG*UP*012345678905~\nPID*F****Mug~\nTXI*ST**19~\n"
    "PO1*2*1*EA*20**VN*LAMP~\nTXI*ST**19~\nCTT*2~\n"
    "SE*15*0001~\nGE*1*55~\nIEA*1*000000055~\n"
)


def workbook(rows=TABLE):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(rows=TABLE):
    return "\n".join(
        ",".join("" if cell is None else str(cell) for cell in row) for row in rows
    ).encode()


FILES = {
    "csv": (table(), Format("csv", columns=COLUMNS)),
    "xlsx": (workbook(), Format("xlsx", columns=COLUMNS)),
    "json": (
        json.dumps({"data": [OBJECT]}).encode(),
        Format("json", records="data", lines="items", columns=TREE),
    ),
    "xml": (
        XML.encode(),
        Format("xml", records="orders/order", lines="items/item", columns=TREE),
    ),
    "ubl": (UBL.encode(), Format("ubl")),
    "edifact": (EDIFACT.encode(), Format("edifact")),
    "x12": (X12.encode(), Format("x12")),
}
