# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import oms_channel
from . import product_product
from . import res_config_settings
from . import sale_order
from . import website
