# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Order Management: Returns",
    "summary": "What comes back: receipt, restock and a refund exact to the cent",
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
        "data/ir_sequence_data.xml",
        "data/oms_return_reason_data.xml",
        "wizards/oms_return_create_views.xml",
        "views/oms_return_views.xml",
        "views/oms_return_reason_views.xml",
        "views/res_partner_views.xml",
        "views/sale_order_views.xml",
        "views/stock_warehouse_views.xml",
        "views/oms_menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
