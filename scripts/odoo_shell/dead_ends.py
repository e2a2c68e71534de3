# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Points what would call home, or sell something, at a port where nobody listens."""

NOWHERE = "http://127.0.0.1:9"

parameters = env["ir.config_parameter"]
for name in ("iap.endpoint", "partner_autocomplete.endpoint", "sms.endpoint"):
    parameters.set_param(name, NOWHERE)
call_home = env.ref("mail.ir_cron_module_update_notification", False)
if call_home:
    call_home.active = False
env.cr.commit()
