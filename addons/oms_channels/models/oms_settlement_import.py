# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine.idempotency import digest
from ..engine.settlements import list_unbalanced


class OmsSettlement(models.Model):
    """From a gateway's word to settlements, each of them once."""

    _inherit = "oms.settlement"

    @api.model
    def _import(self, gateway, documents, source="file"):
        """Settlements of documents; known ones are corrected unless they are posted.

        :param documents: list of ``engine.settlements.Settlement`` of one gateway
        :raise UserError: if a document cannot be kept as it is
        """
        currencies = self._find_currencies(documents)
        known = self.search(
            [
                ("gateway_id", "=", gateway.id),
                ("external_id", "in", [doc.external_id for doc in documents]),
            ]
        ).grouped("external_id")
        self._check_documents(documents, known)
        new, changed = [], self.browse()
        for document in documents:
            values = self._prepare_values(document, currencies) | {"source": source}
            settlement = known.get(document.external_id)
            if not settlement:
                new.append(values | self._prepare_head(gateway))
            elif settlement.digest != values["digest"]:
                settlement._replace(values)
                changed |= settlement
        changed |= self.create(new)
        changed.line_ids.filtered(lambda line: line.state == "unmatched")._match()
        keys = [document.external_id for document in documents]
        return changed, self.search(
            [("gateway_id", "=", gateway.id), ("external_id", "in", keys)]
        )

    def _find_currencies(self, documents):
        codes = {document.currency for document in documents}
        found = self.env["res.currency"].search([("name", "in", list(codes))])
        missing = codes - set(found.mapped("name"))
        if missing:
            raise UserError(
                self.env._(
                    "Payouts are in %(codes)s, which is not active here. Activate it "
                    "under Accounting / Currencies and try again.",
                    codes=", ".join(sorted(missing)),
                )
            )
        return {currency.name: currency for currency in found}

    def _check_documents(self, documents, known):
        for document in documents:
            for line in list_unbalanced(document.lines):
                raise UserError(
                    self.env._(
                        "Payout %(payout)s, line %(line)s: %(gross)s less the fee of "
                        "%(fee)s is not %(net)s. Correct the file and bring it again.",
                        payout=document.external_id,
                        line=line.external_id,
                        gross=line.gross,
                        fee=line.fee,
                        net=line.net,
                    )
                )
            settlement = known.get(document.external_id)
            if (
                settlement
                and settlement.state == "posted"
                and settlement.digest != self._get_digest(document)
            ):
                raise UserError(
                    self.env._(
                        "Payout %(payout)s is posted with %(before)s and reads "
                        "otherwise now (%(after)s). Reset it to draft, then bring the "
                        "file again.",
                        payout=document.external_id,
                        before=settlement.currency_id.format(settlement.total),
                        after=document.total,
                    )
                )

    # === VALUES ===

    def _get_digest(self, document):
        return digest(repr(document))

    def _prepare_head(self, gateway):
        return {"gateway_id": gateway.id, "company_id": gateway.company_id.id}

    def _prepare_values(self, document, currencies):
        return {
            "external_id": document.external_id,
            "date": document.date.date(),
            "currency_id": currencies[document.currency].id,
            "total": float(document.total),
            "difference": float(document.difference),
            "state": "refused" if document.difference else "draft",
            "digest": self._get_digest(document),
            "line_ids": [
                Command.create(self._prepare_line_values(line))
                for line in document.lines
            ],
        }

    def _prepare_line_values(self, line):
        return {
            "external_id": line.external_id,
            "date": line.date.replace(tzinfo=None),
            "kind": line.kind,
            "gross": float(line.gross),
            "fee": float(line.fee),
            "net": float(line.net),
            "order_ref": line.order,
            "payment_ref": line.payment,
            "note": line.note,
            "state": "unmatched" if line.kind in ("charge", "refund") else "none",
        }

    def _replace(self, values):
        """Take the newer word; what somebody matched by hand stays matched."""
        self.ensure_one()
        kept = {
            (line.external_id, line.kind): line.payment_id.id
            for line in self.line_ids
            if line.payment_id
        }
        for _command, _id, line in values["line_ids"]:
            payment = kept.get((line["external_id"], line["kind"]))
            if payment:
                line |= {"payment_id": payment, "state": "matched"}
        self.line_ids.unlink()
        self.write(values)
        for line in self.line_ids.filtered("payment_id"):
            line.order_id = line.payment_id.order_id

    @api.model_create_multi
    def create(self, vals_list):
        """Override to give the lines their company."""
        for values in vals_list:
            self._give_company(values.get("line_ids", ()), values.get("company_id"))
        return super().create(vals_list)

    def write(self, values):
        """Override to give the lines their company."""
        if "line_ids" in values:
            self._give_company(values["line_ids"], self.company_id.id)
        return super().write(values)

    def _give_company(self, commands, company_id):
        for command in commands:
            if command[0] == Command.CREATE:
                command[2].setdefault("company_id", company_id)
