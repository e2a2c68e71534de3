# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Order Management: Point of Sale",
    "summary": "Tills as channels: receipts, stock, orders settled in a store",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": ["oms_core", "pos_sale"],
    "data": [
        "views/oms_channel_views.xml",
        "views/pos_order_views.xml",
        "views/res_config_settings_views.xml",
        "report/oms_order_report_views.xml",
    ],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
