# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf


class OmsBulkAction(models.Model):
    """Papers of many orders: a PDF of each batch, one file of all for whoever prints.

    Each batch keeps its own, so that a crash or a refusal costs one batch.
    """

    _inherit = "oms.bulk.action"

    print_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="PDF Files",
        domain=[("res_model", "=", "oms.bulk.action"), ("res_field", "=", False)],
        readonly=True,
    )
    print_count = fields.Integer("Printed", compute="_compute_print_count")

    # === COMPUTE ===

    @api.depends("print_ids")
    def _compute_print_count(self):
        for action in self:
            action.print_count = len(action.print_ids)

    # === ACTIONS ===

    def action_download(self):
        """All that is printed by now as one file, in the order of the orders."""
        self.ensure_one()
        files = self.print_ids.sorted("id")
        if not files:
            raise UserError(
                self.env._("Nothing of “%s” is printed yet. Wait a moment.", self.name)
            )
        whole = files
        if len(files) > 1:
            content = merge_pdf([file.raw for file in files])
            whole = self._attach_pdf(f"{self.name}.pdf", content)
            files.sudo().unlink()  # its pages are in the new one, and it was ours
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{whole.id}?download=true",
            "target": "download",
        }

    # === WHAT IS DONE ===

    def _act_print(self, orders):
        """Pick lists, and the transfers are being picked."""
        parcels = self._get_parcels_to_print(orders)
        parcels.action_oms_print_pick_list()
        self._print("oms_core.report_pick_list", parcels)

    def _act_slip(self, orders):
        """Packing slips of what is open."""
        parcels = self._get_parcels_to_print(orders)
        self._print("oms_core.report_packing_slip", parcels)

    def _get_parcels_to_print(self, orders):
        parcels = orders._oms_get_open_parcels()
        missing = orders - parcels.move_ids.sale_line_id.order_id
        if missing:
            raise UserError(
                self.env._(
                    "Order %(order)s has no open transfer: nothing is there to pick.",
                    order=", ".join(missing.mapped("name")),
                )
            )
        return parcels

    def _print(self, report, parcels):
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            report, parcels.ids
        )
        self._attach_pdf(f"{parcels[0].name}.pdf", content)

    def _attach_pdf(self, name, content):
        # The user may read the action only; its prints are his all the same.
        files = self.env["ir.attachment"].sudo()  # see above
        return files.create(
            {
                "name": name,
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
