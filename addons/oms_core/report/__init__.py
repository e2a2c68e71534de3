# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import oms_report_mixin
from . import oms_cancel_report
from . import oms_cover_report
from . import oms_fill_report
from . import oms_order_report
from . import oms_seller_report
from . import oms_time_report
from . import report_packing_slip
from . import report_pick_list
from . import report_pick_list_together
