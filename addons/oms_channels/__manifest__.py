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
        "security/oms_rules.xml",
        "security/ir.model.access.csv",
        "data/product_data.xml",
        "data/queue_job_data.xml",
        "data/ir_cron_data.xml",
        "views/oms_channel_message_compare_views.xml",
        "views/oms_channel_message_views.xml",
        "wizards/oms_channel_list_products_views.xml",
        "views/oms_channel_listing_views.xml",
        "views/oms_channel_form_views.xml",
        "views/oms_channel_views.xml",
        "views/oms_privacy_request_views.xml",
        "views/sale_order_views.xml",
        "wizards/oms_channel_upload_views.xml",
    ],
    "demo": ["demo/oms_channels_demo.xml"],
}
