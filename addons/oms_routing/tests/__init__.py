# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access_matrix
from . import test_access_rights
from . import test_oms_api
from . import test_oms_routing_decision
from . import test_oms_routing_policy
from . import test_sale_order
from . import test_steps
