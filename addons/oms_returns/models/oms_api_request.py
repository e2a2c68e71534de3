# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from odoo import Command, models
from odoo.exceptions import UserError

from ..engine.eligibility import judge
from .sale_order_line import to_decimal

# Beyond what anybody sells; keeps "1e400" from becoming an infinite float.
LARGEST_QUANTITY = Decimal(10**9)


class OmsApi(models.AbstractModel):
    """What a program's request for a return says, and whether it can be met.

    A request becomes a draft: a dict with ``order`` and ``external_id`` and then
    either ``error``, or ``rma`` (known already), or ``asked`` and at last ``values``.
    """

    _inherit = "oms.api"

    # === ORDERS ===

    def _read_return_requests(self, requests):
        """Drafts of the requests, in their order; a few searches for all of them."""
        shaped = [request if isinstance(request, dict) else {} for request in requests]
        orders, errors = self._find_return_orders(shaped)
        drafts = []
        for given, request in zip(requests, shaped, strict=True):
            channel, ref = self._get_return_key(request)
            draft = {
                "external_id": str(request.get("external_id") or "") or None,
                "order": orders.get((channel, ref), self.env["sale.order"]),
            }
            if not isinstance(given, dict):
                draft["error"] = self.env._("A request is an object, with an “order”.")
            elif channel in errors:
                draft["error"] = errors[channel]
            else:
                draft |= self._read_return_request(request, ref, draft)
            drafts.append(draft)
        return drafts

    def _get_return_key(self, request):
        return str(request.get("channel") or ""), str(request.get("order") or "")

    def _find_return_orders(self, requests):
        """The orders that are named: {(channel, ref): order}, {channel: error}."""
        refs, found, errors = defaultdict(set), {}, {}
        for request in requests:
            channel, ref = self._get_return_key(request)
            refs[channel].add(ref)
        for channel, of_channel in refs.items():
            try:
                orders = self._find_orders(list(of_channel - {""}), channel)
            except UserError as error:  # there is no such channel
                errors[channel] = str(error)
                continue
            found |= {(channel, ref): order.id for ref, order in orders.items()}
        # One recordset, so that whatever is read of one order is read of all.
        orders = self.env["sale.order"].browse(dict.fromkeys(found.values()))
        by_id = {
            order.id: order
            for order in orders
            if order.company_id in self.env.companies
        }
        return {key: by_id[id_] for key, id_ in found.items() if id_ in by_id}, errors

    # === LINES ===

    def _read_return_request(self, request, ref, draft):
        order, key = draft["order"], draft["external_id"]
        if not ref:
            return {"error": self.env._("“order” is missing.")}
        if not order:
            message = self.env._("No order has the number %(ref)s.", ref=ref)
            return {"error": message}
        known = order.oms_return_ids.filtered(
            lambda rma: rma.external_id and rma.external_id == key
        )
        if known:
            return {"rma": known, "result": "existing"}
        return self._read_return_lines(order, request)

    def _read_return_lines(self, order, request):
        asked, reasons, errors = defaultdict(Decimal), {}, []
        items = request.get("lines")
        for item in items if isinstance(items, list) else []:
            item = item if isinstance(item, dict) else {}
            line = self._find_return_line(order, item)
            quantity = self._read_quantity(item.get("quantity"), line)
            if not line:
                errors.append(self._get_unknown_line_message(order, item))
            elif quantity is None:
                errors.append(
                    self.env._(
                        "%(product)s: “%(quantity)s” is not a quantity.",
                        product=line.product_id.display_name,
                        quantity=item.get("quantity"),
                    )
                )
            else:
                asked[line] += quantity
                reasons[line] = item.get("reason") or request.get("reason")
        if not asked and not errors:
            errors.append(self.env._("“lines” is missing: nothing is to be returned."))
        if errors:
            return {"error": " ".join(errors)}
        return {"asked": asked, "reasons": reasons, "request": request}

    def _get_unknown_line_message(self, order, item):
        return self.env._(
            "%(order)s has no line “%(name)s”.",
            order=order.name,
            name=item.get("line") or item.get("sku") or "",
        )

    def _find_return_line(self, order, item):
        """The order line that an item names, goods rather than a service."""
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

    def _read_quantity(self, value, line):
        """A quantity in the line's unit, rounded to what the unit can express."""
        try:
            quantity = Decimal(str(value))
        except InvalidOperation:
            return None
        if not quantity.is_finite() or abs(quantity) > LARGEST_QUANTITY:
            return None
        return to_decimal(line.product_uom_id.round(float(quantity))) if line else None

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
            elif error := self._judge_return_request(draft, facts):
                draft["error"] = error
            else:
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
        """Values of the return that a request makes; extend to read more of it."""
        request = draft["request"]
        return {
            "order_id": draft["order"].id,
            "external_id": draft["external_id"] or False,
            "reason_id": self._get_reason_id(reasons, request.get("reason")),
            "note": str(request.get("note") or ""),
            "line_ids": [
                Command.create(
                    {
                        "sale_line_id": line.id,
                        "quantity": float(quantity),
                        "reason_id": self._get_reason_id(
                            reasons, draft["reasons"][line]
                        ),
                    }
                )
                for line, quantity in draft["asked"].items()
            ],
        }

    def _get_reason_id(self, reasons, code):
        """The reason with a code. One that we do not know is "other", not an error:
        shops have reasons of their own."""
        if not code:
            return False
        return (
            reasons.get(str(code))
            or reasons.get("other")
            or self.env["oms.return.reason"]
        ).id
