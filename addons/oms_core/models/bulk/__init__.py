# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Batched inner pieces of confirmation and reservation.

They act under the context key ``oms_bulk`` and give what plain Odoo gives; without
the key Odoo is untouched.
"""

from . import account_analytic_distribution_model
from . import ir_sequence
from . import mrp_bom
from . import product_template
from . import sale_order
from . import sale_order_line
from . import stock_move
from . import stock_move_assign
from . import stock_move_line
from . import stock_picking
from . import stock_quant
from . import stock_rule
