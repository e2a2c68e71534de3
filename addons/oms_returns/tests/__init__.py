# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access_matrix
from . import test_oms_control_tower
from . import test_oms_api
from . import test_oms_disposition
from . import test_oms_return
from . import test_oms_return_receipt
from . import test_oms_return_refund
from . import test_query_counts
from . import test_sale_order
from . import test_res_partner
