# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access
from . import test_product_product
from . import test_sale_order
from . import test_shop
from . import test_website
