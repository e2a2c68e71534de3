# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Order Management: Website",
    "summary": "Orders of Odoo's own web shop as a channel",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": ["oms_core", "website_sale_stock"],
    "data": [
        "views/website_views.xml",
        "views/res_config_settings_views.xml",
        "views/oms_channel_views.xml",
        "views/website_sale_templates.xml",
    ],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
