# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_demo_data
from . import test_ir_actions_report
from . import test_multi_company
from . import test_oms_api
from . import test_oms_channel_display
from . import test_oms_control_tower
from . import test_oms_event
from . import test_oms_event_timeline
from . import test_oms_hold
from . import test_oms_hold_place
from . import test_packing_slip
from . import test_product_availability
from . import test_sale_order
from . import test_sale_order_display
from . import test_stock_picking_display
from . import test_tours
