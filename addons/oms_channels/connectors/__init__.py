# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .file import connector as file_connector
from .shopify import connector as shopify_connector
from .woocommerce import connector as woocommerce_connector
