# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access
from . import test_oms_order_report
from . import test_pos_config
from . import test_pos_order
from . import test_product_product
from . import test_sale_order
