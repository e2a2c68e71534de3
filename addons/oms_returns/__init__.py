# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import models
from . import dispositions
from . import wizards


def uninstall_hook(env):
    """Orders know of no returns any more: core says so only when facts change."""
    env.cr.execute(
        "UPDATE sale_order SET oms_return_state = 'none'"
        " WHERE oms_return_state != 'none'"
    )
