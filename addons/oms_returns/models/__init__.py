# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import oms_disposition
from . import oms_return_reason
from . import oms_return
from . import oms_return_receipt
from . import oms_return_refund
from . import oms_return_line
from . import oms_return_line_receipt
from . import oms_return_line_refund
from . import account_move
from . import account_move_line
from . import oms_api
from . import sale_order
from . import sale_order_line
from . import stock_move
from . import stock_picking
from . import stock_warehouse
