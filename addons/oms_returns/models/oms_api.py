# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from odoo import Command, api, models
from odoo.exceptions import AccessError

from ..engine.eligibility import judge


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
        self._check_oms_return_access()
        # A program asks for returns, it has no rights of its own on what they touch.
        api = self.sudo()  # see above
        orders = api._find_return_orders(requests)
        drafts = [
            api._read_return_request(request, order)
            for request, order in zip(requests, orders, strict=True)
        ]
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
        :return: one dict per ref, in their order; ``return`` is None for a ref that
            names no return, and ``message`` says so
        """
        self._check_oms_return_access()
        refs = [str(ref) for ref in refs]
        returns = (
            self.env["oms.return"]
            .sudo()  # access was checked above
            .search(
                [
                    ("company_id", "in", self.env.companies.ids),
                    "|",
                    ("name", "in", refs),
                    ("external_id", "in", refs),
                ]
            )
        )
        found = {rma.external_id: rma for rma in returns if rma.external_id}
        found |= {rma.name: rma for rma in returns}
        return [
            {"ref": ref} | self._prepare_return_status(found[ref])
            if ref in found
            else {
                "ref": ref,
                "return": None,
                "message": self.env._("No return has the number %(ref)s.", ref=ref),
            }
            for ref in refs
        ]

    def _check_oms_return_access(self):
        groups = ("oms_core.group_oms_user", "oms_core.group_oms_connector")
        if not self.env.su and not any(self.env.user.has_group(g) for g in groups):
            raise AccessError(
                self.env._(
                    "Returns are asked for by users of Order Management and by "
                    "connectors. Ask an administrator for one of these roles."
                )
            )

    # === REQUESTS ===

    def _find_return_orders(self, requests):
        """The order of each request, empty where there is none; a few searches."""
        refs = defaultdict(set)
        for request in requests:
            if request.get("order"):
                refs[request.get("channel")].add(str(request["order"]))
        found = {
            channel: self._find_orders(list(of_channel), channel)
            for channel, of_channel in refs.items()
        }
        orders = self.env["sale.order"].union(
            *(order for by_ref in found.values() for order in by_ref.values())
        )
        mine = orders.filtered(lambda order: order.company_id in self.env.companies)
        by_id = {order.id: order for order in mine}
        return [
            by_id.get(
                found.get(request.get("channel"), {})
                .get(str(request.get("order")), self.env["sale.order"])
                .id,
                self.env["sale.order"],
            )
            for request in requests
        ]

    def _read_return_request(self, request, order):
        """Resolve the names in one request: a draft, with an ``error`` or not."""
        draft = {"external_id": request.get("external_id"), "order": order}
        if not request.get("order"):
            return draft | {"error": self.env._("“order” is missing.")}
        if not order:
            message = self.env._(
                "No order has the number %(ref)s.", ref=request["order"]
            )
            return draft | {"error": message}
        known = order.oms_return_ids.filtered(
            lambda rma: rma.external_id and rma.external_id == draft["external_id"]
        )
        if known:
            return draft | {"rma": known, "result": "existing"}
        return draft | self._read_return_lines(order, request)

    def _read_return_lines(self, order, request):
        asked, errors = {}, []
        reasons = {}
        for item in request.get("lines") or []:
            line = self._find_return_line(order, item)
            quantity = self._read_quantity(item.get("quantity"))
            if not line:
                name = item.get("line") or item.get("sku")
                errors.append(
                    self.env._(
                        "%(order)s has no line “%(name)s”.", order=order.name, name=name
                    )
                )
            elif quantity is None:
                errors.append(
                    self.env._(
                        "%(product)s: “%(quantity)s” is not a quantity.",
                        product=line.product_id.display_name,
                        quantity=item.get("quantity"),
                    )
                )
            else:
                asked[line] = asked.get(line, Decimal(0)) + quantity
                reasons[line] = item.get("reason")
        if not asked and not errors:
            errors.append(self.env._("“lines” is missing: nothing is to be returned."))
        if errors:
            return {"error": " ".join(errors)}
        return {"asked": asked, "reasons": reasons, "request": request}

    def _find_return_line(self, order, item):
        if number := item.get("line"):
            lines = order.order_line.filtered(
                lambda line: line.oms_external_id == str(number)
            )
        else:
            sku = item.get("sku")
            lines = order.order_line.filtered(
                lambda line: (
                    sku and sku in (line.oms_external_sku, line.product_id.default_code)
                )
            )
        return lines[:1]

    def _read_quantity(self, value):
        try:
            quantity = Decimal(str(value))
        except InvalidOperation:
            return None
        return quantity if quantity.is_finite() else None

    # === JUDGEMENT ===

    def _judge_return_requests(self, drafts):
        """Accept what can be returned, the earlier request first."""
        open_drafts = [draft for draft in drafts if "asked" in draft]
        lines = self.env["sale.order.line"].union(
            *(line for draft in open_drafts for line in draft["asked"])
        )
        lines._lock_oms_returns()
        facts = lines._get_oms_return_facts()
        reasons = {
            reason.code: reason for reason in self.env["oms.return.reason"].search([])
        }
        seen = {}
        for draft in open_drafts:
            key = (draft["order"], draft["external_id"])
            if draft["external_id"] and key in seen:
                draft["same_as"] = seen[key]
                continue
            error = self._judge_return_request(draft, facts)
            if error:
                draft["error"] = error
                continue
            seen[key] = draft
            draft["values"] = self._prepare_return_values(draft, reasons)

    def _judge_return_request(self, draft, facts):
        """Judge one request, and count its units as requested if it is accepted."""
        objections = []
        for line, quantity in draft["asked"].items():
            fact = replace(facts[line], asked=quantity)
            verdict = judge(fact)
            if not verdict.allowed:
                objections += line._get_oms_return_objections(fact, verdict)
        if not objections:
            for line, quantity in draft["asked"].items():
                known = facts[line]
                facts[line] = replace(known, requested=known.requested + quantity)
        return " ".join(objections)

    def _prepare_return_values(self, draft, reasons):
        request = draft["request"]
        return {
            "order_id": draft["order"].id,
            "external_id": draft["external_id"] or False,
            "reason_id": self._get_reason_id(reasons, request.get("reason")),
            "note": request.get("note") or False,
            "line_ids": [
                Command.create(
                    {
                        "sale_line_id": line.id,
                        "quantity": float(quantity),
                        "reason_id": self._get_reason_id(
                            reasons, draft["reasons"][line] or request.get("reason")
                        ),
                    }
                )
                for line, quantity in draft["asked"].items()
            ],
        }

    def _get_reason_id(self, reasons, code):
        """The reason with a code; an unknown one is told apart, not refused."""
        return (reasons.get(code) or reasons.get("other")).id if code else False

    # === ANSWERS ===

    def _prepare_return_result(self, draft):
        draft = draft.get("same_as", draft) if "rma" not in draft else draft
        rma = draft.get("rma")
        return {
            "external_id": draft["external_id"] or None,
            "order": draft["order"].name or None,
            "result": draft["result"] if rma else "refused",
            "return": rma.name if rma else None,
            "state": rma.state if rma else None,
            "message": draft.get("error") or None,
        }

    def _prepare_return_status(self, rma):
        return {
            "return": rma.name,
            "external_id": rma.external_id or None,
            "order": rma.order_id.name,
            "state": rma.state,
            "refund_state": rma.refund_state,
            "currency": rma.currency_id.name,
            "refund_amount": self._amount(rma.refund_amount, rma.currency_id),
            "lines": [
                {
                    "sku": line.sale_line_id.oms_external_sku
                    or line.product_id.default_code
                    or None,
                    "requested": line.quantity,
                    "received": line.quantity_received,
                    "disposition": line.disposition,
                    "refund_amount": self._amount(line.refund_amount, rma.currency_id),
                }
                for line in rma.line_ids
            ],
        }
