# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import models


def post_init_hook(env):
    """Websites that are older than this addon are channels too, with their orders."""
    env["website"].search([])._create_missing_oms_channels()
    env["website"]._oms_adopt_orders()
