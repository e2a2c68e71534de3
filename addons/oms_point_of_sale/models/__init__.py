# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import oms_channel
from . import oms_finder
from . import oms_payment
from . import pos_config
from . import pos_order
from . import pos_order_line
from . import pos_order_sale
from . import product_product
from . import res_config_settings
from . import sale_order
from . import stock_picking
