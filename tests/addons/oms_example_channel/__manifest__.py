# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "OMS Example: a Channel",
    "summary": "A connector for the imaginary platform Acme",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": ["oms_channels"],
}
