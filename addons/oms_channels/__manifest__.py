# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Order Management: Channels",
    "summary": "Orders in from every shop, stock and tracking out, nothing lost",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": [
        "oms_core",
    ],
    "data": [
        "security/ir.model.access.csv",
    ],
    "demo": [],
}
