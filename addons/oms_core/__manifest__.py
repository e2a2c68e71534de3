# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Order Management",
    "summary": "Orders of every channel in one place: states, holds, history, availability",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": [
        "sale_management",
        "sale_mrp",
        "stock_delivery",
        "queue_job",
    ],
    "data": [
        "security/oms_groups.xml",
        "security/oms_rules.xml",
        "security/ir.model.access.csv",
        "views/oms_menus.xml",
    ],
    "demo": [],
    "application": True,
}
