# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import oms_api
from . import oms_channel
from . import oms_routing_decision
from . import oms_routing_policy
from . import oms_routing_rule
from . import oms_routing_step
from . import res_partner
from . import sale_order
from . import sale_order_line
from . import sale_order_problem
