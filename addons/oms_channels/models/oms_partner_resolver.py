# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class OmsPartnerResolver(models.AbstractModel):
    """Whose order it is, where it goes and who pays: contacts for a batch.

    Who the buyer is, is found in ``oms_partner_resolver_buyer.py``. An address that
    differs becomes a contact of its own below the buyer, so that an old order keeps
    the address it went to.
    """

    _name = "oms.partner.resolver"
    _description = "Contacts of Channel Orders"

    @api.model
    def _resolve(self, channel, orders, buyers=None):
        """:param dict buyers: {order's external id: contact} where they are known
        :return: {order's external id: (buyer, bill-to, ship-to) contacts}
        """
        geo = self._read_geography(orders)
        buyers = buyers or self._resolve_buyers(channel, orders, geo)
        places = self._resolve_addresses(channel, orders, buyers, geo)
        return {
            order.external_id: (
                buyers[order.external_id],
                places[order.external_id, "invoice"],
                places[order.external_id, "delivery"],
            )
            for order in orders
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
            buyer = buyers[order.external_id]
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
