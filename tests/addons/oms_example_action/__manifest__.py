# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Example: give orders to a salesperson",
    "summary": "A third-party action of order rules, in an addon of its own",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": [
        "oms_core",
    ],
    "data": [
        "views/oms_order_rule_views.xml",
    ],
}
