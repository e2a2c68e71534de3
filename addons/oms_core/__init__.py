# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import controllers
from . import models
from . import rule_actions
from . import report
from . import wizards


def uninstall_hook(env):
    """What hangs on Odoo's own tables would outlive ours, and fail."""
    env["oms.stock.guard"]._remove_guard()
