# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_demo_data
from . import test_ir_actions_report
from . import test_packing_slip
