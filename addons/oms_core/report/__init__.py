# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import report_packing_slip
from . import report_pick_list
from . import report_pick_list_together
