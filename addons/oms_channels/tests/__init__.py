# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_oms_control_tower
from . import test_oms_channel_message_compare
from . import test_oms_order_importer
from . import test_oms_order_importer_refund
from . import test_oms_order_importer_update
from . import test_connector_file
from . import test_connector_shopify
from . import test_connector_shopify_versions
from . import test_connector_woocommerce
from . import test_oms_privacy_request
from . import test_contract
from . import test_secrets
from . import test_money
from . import test_oms_channel_flow
from . import test_oms_channel_listing
from . import test_oms_channel_location
from . import test_oms_partner_resolver
