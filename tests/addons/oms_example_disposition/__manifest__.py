# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Example: donate returned goods",
    "summary": "A third-party disposition, in an addon of its own",
    "version": "19.0.1.0.0",
    "category": "Sales/Order Management",
    "license": "LGPL-3",
    "author": "OMS Contributors",
    "depends": [
        "oms_returns",
    ],
    "data": [
        "data/stock_location_data.xml",
    ],
}
