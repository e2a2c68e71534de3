# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people do to orders: edit, cancel, join and divide them, one or thousands."""

from . import oms_api_orders
from . import oms_bulk_action
from . import oms_bulk_action_line
from . import oms_bulk_action_print
from . import sale_order_bulk
from . import sale_order_cancel
from . import sale_order_edit
from . import sale_order_line_edit
from . import sale_order_split
from . import sale_order_together
from . import stock_picking_together
