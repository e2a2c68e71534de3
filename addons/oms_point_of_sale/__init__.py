# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import models
from . import report


def post_init_hook(env):
    """Tills that are older than this addon are channels too, with their receipts."""
    env["pos.config"].search([])._create_missing_oms_channels()
    env["pos.order"]._oms_adopt_orders()
