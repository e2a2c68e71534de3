# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from importlib.util import find_spec

from . import test_bulk_confirm
from . import test_bulk_create
from . import test_bulk_queries
from . import test_bulk_reservation
from . import test_computes
from . import test_demo_data
from . import test_ir_actions_report
from . import test_hold_effects
from . import test_hold_matrix
from . import test_multi_company
from . import test_oms_api
from . import test_oms_buyer_mail
from . import test_oms_channel_display
from . import test_oms_control_tower
from . import test_oms_event
from . import test_oms_event_timeline
from . import test_oms_history
from . import test_oms_forecast
from . import test_oms_hold
from . import test_oms_hold_place
from . import test_oms_cancel_report
from . import test_oms_cover_report
from . import test_oms_fill_report
from . import test_oms_order_report
from . import test_oms_seller_report
from . import test_oms_time_report
from . import test_oms_safety_stock
from . import test_oms_stock_guard
from . import test_oms_order_rule
from . import test_oms_order_rule_action
from . import test_oms_order_rule_waiting
from . import test_oms_partner_duplicate
from . import test_packing_slip
from . import test_portal
from . import test_product_availability
from . import test_res_partner_oms
from . import test_sale_order
from . import test_sale_order_display
from . import test_sale_order_duplicate
from . import test_sale_order_remorse
from . import test_sale_order_type
from . import test_sale_order_entry
from . import test_sale_order_happenings
from . import test_sale_order_promise
from . import test_sale_order_search
from . import test_stock_picking_display
from . import test_tours
from . import test_oms_api_orders
from . import test_sale_order_edit

# Absent on a server without the packages for developers.
if find_spec("hypothesis"):
    from . import test_product_availability_model
from . import test_oms_bulk_action
from . import test_order_parcels
