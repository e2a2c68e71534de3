# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class OmsApi(models.AbstractModel):
    _inherit = "oms.api"

    # === RETURNS ===

    @api.model
    def create_returns(self, requests):
        """Ask for returns.

        A request that was accepted before (same order, same ``external_id``) is
        answered with the return that it made. One that cannot be accepted is refused
        with its reasons, and does not touch the others.

        :param list requests: dicts with ``order`` (any number of the order),
            ``lines`` (dicts with ``sku`` or ``line``, the channel's line number, and
            ``quantity``, optionally ``reason``), and optionally ``channel`` (code),
            ``external_id``, ``reason`` (code), ``note``
        :return: one dict per request, in their order: ``external_id``, ``order``,
            ``result`` (created, existing or refused), ``return``, ``state``,
            ``message``
        """
        api = self._with_rights()
        drafts = api._read_return_requests(requests)
        api._judge_return_requests(drafts)
        accepted = [draft for draft in drafts if "values" in draft]
        returns = api.env["oms.return"].create([draft["values"] for draft in accepted])
        for draft, rma in zip(accepted, returns, strict=True):
            draft |= {"rma": rma, "result": "created"}
        return [api._prepare_return_result(draft) for draft in drafts]

    @api.model
    def return_status(self, refs):
        """The state of returns.

        :param list refs: numbers of returns, or the external keys they were given
        :return: one dict per ref, in their order; ``return`` is empty for a ref that
            names no return, and ``message`` says so
        """
        api = self._with_rights()
        refs = [str(ref) for ref in refs]
        returns = api.env["oms.return"].search(
            [
                ("company_id", "in", self.env.companies.ids),
                "|",
                ("name", "in", refs),
                ("external_id", "in", refs),
            ]
        )
        found = {rma.external_id: rma for rma in returns if rma.external_id}
        found |= {rma.name: rma for rma in returns}
        return [
            {"ref": ref} | self._prepare_return_status(found[ref])
            if ref in found
            else {
                "ref": ref,
                "return": "",
                "message": self.env._("No return has the number %(ref)s.", ref=ref),
            }
            for ref in refs
        ]

    # === ANSWERS ===

    def _prepare_return_result(self, draft):
        draft = draft.get("same_as", draft) if "rma" not in draft else draft
        rma = draft.get("rma")
        return {
            "external_id": draft["external_id"] or "",
            "order": draft["order"].name or "",
            "result": draft["result"] if rma else "refused",
            "return": rma.name if rma else "",
            "state": rma.state if rma else "",
            "message": draft.get("error") or "",
        }

    def _prepare_return_status(self, rma):
        return {
            "return": rma.name,
            "external_id": rma.external_id or "",
            "order": rma.order_id.name,
            "state": rma.state,
            "refund_state": rma.refund_state,
            "currency": rma.currency_id.name,
            "refund_amount": self._amount(rma.refund_amount, rma.currency_id),
            "lines": [
                {
                    "sku": line.sale_line_id.oms_external_sku
                    or line.product_id.default_code
                    or "",
                    "requested": line.quantity,
                    "received": line.quantity_received,
                    "disposition": line.disposition,
                    "refund_amount": self._amount(line.refund_amount, rma.currency_id),
                }
                for line in rma.line_ids
            ],
        }
