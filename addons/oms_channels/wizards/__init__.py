# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import oms_channel_list_products
from . import oms_channel_message_skip
from . import oms_channel_upload
from . import oms_settlement_upload
from . import oms_file_trial
from . import oms_order_cancel
