# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import ir_actions_report
from . import oms_api
from . import oms_channel
from . import oms_event
from . import oms_hold
from . import oms_hold_type
from . import oms_payment
from . import oms_payment_register
from . import product_product
from . import sale_order
from . import sale_order_fulfilment
from . import sale_order_hold
from . import sale_order_line
from . import stock_move
from . import stock_picking
from . import stock_warehouse
from . import account_move
