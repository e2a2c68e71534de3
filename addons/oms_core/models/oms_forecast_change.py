# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class OmsForecastChange(models.Model):
    """One figure that a suggestion changed: what it was, what it became, who did it."""

    _name = "oms.forecast.change"
    _description = "Applied Suggestion"
    _order = "id desc"
    _rec_name = "product_id"

    kind = fields.Selection(
        [("safety", "Safety stock"), ("rule", "Reordering rule")],
        required=True,
        readonly=True,
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="cascade"
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse", "Node", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True)
    user_id = fields.Many2one("res.users", "Applied By", readonly=True)
    create_date = fields.Datetime("Applied", readonly=True)
    was_missing = fields.Boolean(
        readonly=True, help="There was none before: undoing it removes it."
    )
    old_safety = fields.Float("Was", readonly=True)
    new_safety = fields.Float("Became", readonly=True)
    old_minimum = fields.Float("Minimum Was", readonly=True)
    new_minimum = fields.Float("Minimum Became", readonly=True)
    old_maximum = fields.Float("Maximum Was", readonly=True)
    new_maximum = fields.Float("Maximum Became", readonly=True)
    was = fields.Char("From", compute="_compute_words")
    became = fields.Char("To", compute="_compute_words")
    undone_at = fields.Datetime("Undone", readonly=True)

    # === COMPUTE ===

    @api.depends("kind", "was_missing")
    def _compute_words(self):
        for change in self:
            if change.kind == "safety":
                change.was, change.became = (
                    f"{change.old_safety:g}",
                    f"{change.new_safety:g}",
                )
            else:
                change.was = f"{change.old_minimum:g} – {change.old_maximum:g}"
                change.became = f"{change.new_minimum:g} – {change.new_maximum:g}"
            if change.was_missing:
                change.was = self.env._("none")

    # === ACTIONS ===

    def action_undo(self):
        """Take the changes back, except where somebody has changed the figure since."""
        kept = self._undo()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if kept else "success",
                "sticky": bool(kept),
                "message": self._get_undo_sentence(kept),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_undo_sentence(self, kept):
        if not kept:
            return self.env._("%(count)s changes were undone.", count=len(self))
        return self.env._(
            "%(done)s changes were undone. Left as they are, because somebody changed "
            "them since or they were undone already: %(kept)s. Correct these by hand.",
            done=len(self - kept),
            kept=", ".join(kept[:10].mapped("display_name")),
        )

    # === BUSINESS ===

    def _undo(self):
        """Restore what was.

        :return: the changes that were left alone, as the figure is another one now
        """
        self.env["oms.forecast"]._check_may_apply()
        open_ones = self.filtered(lambda change: not change.undone_at)
        done = self.browse()
        for kind, model in (
            ("safety", "oms.safety.stock"),
            ("rule", "stock.warehouse.orderpoint"),
        ):
            done |= open_ones.filtered(lambda c, kind=kind: c.kind == kind)._restore(
                # As for applying: see oms.forecast._apply_rules.
                self.env[model].sudo()  # see above
            )
        done.sudo().undone_at = fields.Datetime.now()  # as in oms.forecast._apply
        return self - done

    def _restore(self, model):
        """Write old figures, remove what was not there; return what could be done."""
        records = self._find_records(model)
        done = self.filtered(
            lambda change: (
                (record := records.get((change.product_id, change.warehouse_id)))
                and change._is_untouched(record)
            )
        )
        gone = model.browse()
        for change in done:
            record = records[change.product_id, change.warehouse_id]
            if change.was_missing:
                gone |= record
            else:
                record.write(change._prepare_old_values())
        gone.unlink()
        return done

    def _find_records(self, model):
        domain = Domain("product_id", "in", self.product_id.ids)
        domain &= Domain("warehouse_id", "in", self.warehouse_id.ids)
        if model._name == "stock.warehouse.orderpoint":
            domain &= Domain("location_id", "in", self.warehouse_id.lot_stock_id.ids)
        return {
            (record.product_id, record.warehouse_id): record
            for record in model.search(domain)
        }

    def _is_untouched(self, record):
        if self.kind == "safety":
            return record.quantity == self.new_safety
        return (record.product_min_qty, record.product_max_qty) == (
            self.new_minimum,
            self.new_maximum,
        )

    def _prepare_old_values(self):
        if self.kind == "safety":
            return {"quantity": self.old_safety}
        return {
            "product_min_qty": self.old_minimum,
            "product_max_qty": self.old_maximum,
        }
