# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Example: a place for a region",
    "summary": "A third-party routing rule, in an addon of its own",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": [
        "oms_routing",
    ],
    "data": [
        "views/oms_routing_rule_views.xml",
    ],
}
