# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Order Management: Routing",
    "summary": "Each order to the place that should ship it, by rules anyone can check",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": [
        "oms_core",
    ],
    "data": [
        "security/oms_rules.xml",
        "security/ir.model.access.csv",
        "data/oms_routing_policy_data.xml",
        "views/oms_routing_decision_views.xml",
        "views/oms_routing_policy_views.xml",
        "views/oms_routing_rule_views.xml",
        "views/sale_order_views.xml",
        "views/oms_menus.xml",
    ],
    "demo": [
        "demo/oms_routing_policy_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "oms_routing/static/src/**/*",
        ],
    },
}
