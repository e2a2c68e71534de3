# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class OmsPartnerResolver(models.AbstractModel):
    """Whose order it is, where it goes and who pays: contacts for a batch.

    A buyer is recognised by the channel's own number, a guest by the e-mail
    address within the channel; nobody else's contact is ever taken. An address
    that differs becomes a contact of its own below the buyer, so that an old
    order keeps the address it went to.
    """

    _name = "oms.partner.resolver"
    _description = "Contacts of Channel Orders"

    @api.model
    def _resolve(self, channel, orders):
        """:return: {order's external id: (buyer, bill-to, ship-to) contacts}"""
        geo = self._read_geography(orders)
        buyers = self._resolve_buyers(channel, orders, geo)
        places = self._resolve_addresses(channel, orders, buyers, geo)
        return {
            order.external_id: (
                buyers[self._get_key(order)],
                places[order.external_id, "invoice"],
                places[order.external_id, "delivery"],
            )
            for order in orders
        }

    # === BUYERS ===

    def _get_key(self, order):
        customer = order.customer
        if customer.external_id:
            return f"id:{customer.external_id}"
        if customer.email:
            return f"email:{customer.email.strip().lower()}"
        return f"order:{order.external_id}"

    def _resolve_buyers(self, channel, orders, geo):
        first_orders = {}
        for order in orders:
            first_orders.setdefault(self._get_key(order), order)
        bindings = self.env["oms.channel.customer"].search(
            [("channel_id", "=", channel.id), ("key", "in", list(first_orders))]
        )
        buyers = {binding.key: binding.partner_id for binding in bindings}
        new = {key: o for key, o in first_orders.items() if key not in buyers}
        # Odoo's own switch for batches: a buyer has neither parent nor children from
        # whom anything could be taken over, and asking costs queries for each.
        batch = self.env["res.partner"].with_context(_partners_skip_fields_sync=True)
        partners = batch.create(
            [self._prepare_buyer_values(channel, order, geo) for order in new.values()]
        ).with_env(self.env)
        self.env["oms.channel.customer"].create(
            [
                {"channel_id": channel.id, "key": key, "partner_id": partner.id}
                for key, partner in zip(new, partners, strict=True)
            ]
        )
        return buyers | dict(zip(new, partners, strict=True))

    def _prepare_buyer_values(self, channel, order, geo):
        """Values of a buyer's contact; extend to add a pricelist or a category."""
        customer, address = order.customer, order.bill_to or order.ship_to
        name = customer.name or address.name or customer.email
        return self._prepare_address_values(address, geo) | {
            "name": name or self.env._("Guest of %(order)s", order=order.number),
            "email": customer.email or False,
            "phone": customer.phone or address.phone or False,
            "vat": customer.vat or False,
            "is_company": customer.is_company,
            "lang": geo["lang"].get(customer.lang.lower()) or self.env.lang,
            "company_id": channel.company_id.id,
            "customer_rank": 1,
        }

    # === ADDRESSES ===

    def _resolve_addresses(self, channel, orders, buyers, geo):
        partners = self.env["res.partner"].union(*buyers.values())
        known = {}
        for partner in (partners.child_ids | partners).sorted("id"):
            owner = partner if partner in partners else partner.parent_id
            kind = "contact" if partner in partners else partner.type
            known.setdefault((owner.id, kind, self._get_signature(partner)), partner)
        places, wanted = {}, {}
        for order in orders:
            buyer = buyers[self._get_key(order)]
            for kind, address in (
                ("invoice", order.bill_to or order.ship_to),
                ("delivery", order.ship_to or order.bill_to),
            ):
                values = self._prepare_address_values(address, geo)
                signature = self._get_values_signature(values)
                place = (
                    buyer
                    if not address
                    else known.get((buyer.id, "contact", signature))
                    or known.get((buyer.id, kind, signature))
                )
                if place:
                    places[order.external_id, kind] = place
                    continue
                slot = wanted.setdefault(
                    (buyer.id, kind, signature),
                    (
                        values
                        | {
                            "type": kind,
                            "parent_id": buyer.id,
                            "company_id": channel.company_id.id,
                        },
                        [],
                    ),
                )
                slot[1].append((order.external_id, kind))
        created = self.env["res.partner"].create([v for v, _users in wanted.values()])
        for partner, (_values, users) in zip(created, wanted.values(), strict=True):
            places |= dict.fromkeys(users, partner)
        return places

    def _prepare_address_values(self, address, geo):
        country = geo["country"].get(address.country_code.upper())
        state = geo["state"].get(
            (address.country_code.upper(), address.state_code.upper())
        )
        parts = (address.company, address.name)
        return {
            "name": ", ".join(part for part in parts if part) or False,
            "street": address.street or False,
            "street2": address.street2 or False,
            "city": address.city or False,
            "zip": address.zip or False,
            "state_id": state,
            "country_id": country,
            "phone": address.phone or False,
            "email": address.email or False,
        }

    def _get_values_signature(self, values):
        fields = ("name", "street", "street2", "city", "zip", "state_id", "country_id")
        return tuple(str(values[f] or "").strip().casefold() for f in fields)

    def _get_signature(self, partner):
        return self._get_values_signature(
            {
                "name": partner.name,
                "street": partner.street,
                "street2": partner.street2,
                "city": partner.city,
                "zip": partner.zip,
                "state_id": partner.state_id.id,
                "country_id": partner.country_id.id,
            }
        )

    # === GEOGRAPHY ===

    def _read_geography(self, orders):
        """Countries, states and languages by code, read once for the batch."""
        addresses = [a for order in orders for a in (order.ship_to, order.bill_to)]
        countries = self.env["res.country"].search(
            [("code", "in", list({a.country_code.upper() for a in addresses}))]
        )
        states = self.env["res.country.state"].search(
            [
                ("country_id", "in", countries.ids),
                ("code", "in", list({a.state_code.upper() for a in addresses})),
            ]
        )
        langs = {}
        for code, _name in self.env["res.lang"].get_installed():
            langs[code.lower()] = code
            langs.setdefault(code.split("_")[0].lower(), code)
        return {
            "country": {country.code: country.id for country in countries},
            "state": {(s.country_id.code, s.code.upper()): s.id for s in states},
            "lang": langs,
        }
