# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import oms_bulk_start
from . import oms_forecast_apply
from . import oms_hold_place
from . import oms_hold_release
from . import oms_order_cancel
from . import oms_order_split
from . import oms_promise_change
from . import sale_advance_payment_inv
