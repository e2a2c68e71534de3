# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

from ..engine.people import clean_email, clean_vat, is_relay, is_same_name


class OmsPartnerResolver(models.AbstractModel):
    """Who bought: by the channel's own number, then as the channel's policy allows.

    Two buyers whom the channel tells apart stay two, whatever they share; an e-mail
    address joins orders only under one name, and an address that merely forwards
    joins nothing. When in doubt there are two contacts: two can be merged, one
    cannot be taken apart.
    """

    _inherit = "oms.partner.resolver"

    def _resolve_buyers(self, channel, orders, geo):
        """:return: {order's external id: contact}"""
        bindings = self._find_bindings(channel, orders)
        keys = self._assign_keys(channel, orders, bindings)
        buyers = {binding.key: binding.partner_id for binding in bindings}
        self._follow_emails(orders, bindings)
        first_orders = {}
        for order in orders:
            first_orders.setdefault(keys[order.external_id], order)
        new = {key: o for key, o in first_orders.items() if key not in buyers}
        if new:
            buyers |= self._bind(channel, new, geo)
        return {order.external_id: buyers[keys[order.external_id]] for order in orders}

    # === KEYS ===

    def _get_key(self, channel, order):
        """What the buyer is known by in this channel."""
        customer = order.customer
        if customer.external_id:
            return f"id:{customer.external_id}"
        email = self._get_email(customer)
        if email and channel.customer_match != "never":
            return f"email:{email}"
        return self._get_order_key(order)

    def _get_order_key(self, order):
        """Of a buyer about whom nothing is known but the order."""
        return f"order:{order.external_id}"

    def _get_email(self, customer):
        """The address by which a buyer may be recognised, empty if there is none."""
        email = clean_email(customer.email)
        return "" if is_relay(email) else email

    def _get_name(self, order):
        return order.customer.name or order.bill_to.name or order.ship_to.name

    def _find_bindings(self, channel, orders):
        keys = {self._get_key(channel, order) for order in orders}
        keys |= {self._get_order_key(order) for order in orders}
        return self.env["oms.channel.customer"].search(
            [("channel_id", "=", channel.id), ("key", "in", list(keys))]
        )

    def _assign_keys(self, channel, orders, bindings):
        """A key for each order; who shares another guest's address has an own one."""
        names = {binding.key: binding.partner_id.name or "" for binding in bindings}
        keys = {}
        for order in orders:
            own, key = self._get_order_key(order), self._get_key(channel, order)
            name = self._get_name(order)
            if own in names or (
                key.startswith("email:") and not is_same_name(names.get(key, ""), name)
            ):
                key = own
            if not names.get(key):
                names[key] = name
            keys[order.external_id] = key
        return keys

    def _follow_emails(self, orders, bindings):
        """A buyer's new address, unless somebody has written another one here."""
        told = {
            f"id:{order.customer.external_id}": order.customer.email
            for order in orders
            if order.customer.external_id and order.customer.email
        }
        for binding in bindings:
            new = told.get(binding.key, "")
            if not new or clean_email(new) == (binding.email or ""):
                continue
            partner = binding.partner_id
            if clean_email(partner.email or "") == (binding.email or ""):
                partner.email = new
            binding.email = clean_email(new)

    # === NEW TO THE CHANNEL ===

    def _bind(self, channel, new, geo):
        """Contacts for keys that the channel has not used before.

        :param dict new: {key: the first order that has it}
        """
        known = self._match(channel, new)
        fresh = {key: order for key, order in new.items() if key not in known}
        # Odoo's own switches for batches: a buyer has neither parent nor children
        # from whom anything could be taken over, and asking costs queries for each;
        # and a VAT number that is wrong is the buyer's, and no reason to lose an order.
        batch = self.env["res.partner"].with_context(
            _partners_skip_fields_sync=True, no_vat_validation=True
        )
        partners = batch.create(
            [
                self._prepare_buyer_values(channel, order, geo)
                for order in fresh.values()
            ]
        ).with_env(self.env)
        buyers = known | dict(zip(fresh, partners, strict=True))
        self.env["oms.channel.customer"].create(
            [
                {
                    "channel_id": channel.id,
                    "key": key,
                    "email": clean_email(order.customer.email),
                    "partner_id": buyers[key].id,
                }
                for key, order in new.items()
            ]
        )
        return buyers

    def _prepare_buyer_values(self, channel, order, geo):
        """Values of a buyer's contact; extend to add a pricelist or a category."""
        customer, address = order.customer, order.bill_to or order.ship_to
        name = customer.name or address.name or customer.email
        if customer.is_company:
            name = address.company or name
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

    # === THE CHANNEL'S POLICY ===

    def _match(self, channel, new):
        """Contacts that these new keys may take, as the channel's policy allows.

        :return: {key: contact}; of several contacts that fit, none is taken
        """
        policy = channel.customer_match
        if policy == "never":
            return {}
        found = {}
        if policy == "vat":
            found = self._match_vat(channel, new)
        mails = {
            key: email
            for key, order in new.items()
            if key not in found
            and not key.startswith("order:")
            and (email := self._get_email(order.customer))
        }
        if policy == "company":
            candidates = self._find_by_email(channel, mails)
        else:
            candidates = self._find_in_channel(channel, mails)
        for key, email in mails.items():
            partners = candidates.get(email, ())
            name = self._get_name(new[key])
            fitting = [p for p in partners if is_same_name(p.name or "", name)]
            if len(fitting) == 1:
                found[key] = fitting[0]
        return self._leave_out_known(channel, found)

    def _match_vat(self, channel, new):
        vats = {key: clean_vat(order.customer.vat) for key, order in new.items()}
        wanted = sorted(set(vats.values()) - {""})
        if not wanted:
            return {}
        as_written = {order.customer.vat.strip() for order in new.values()} - {""}
        partners = self.env["res.partner"].search(
            Domain("vat", "in", sorted({*wanted, *as_written}))
            & Domain("parent_id", "=", False)
            & self._get_company_domain(channel)
        )
        by_vat = partners.grouped(lambda partner: clean_vat(partner.vat))
        return {
            key: by_vat[vat]
            for key, vat in vats.items()
            if vat and len(by_vat.get(vat, ())) == 1
        }

    def _find_by_email(self, channel, mails):
        """Contacts of the company by address; people who log in here are left out."""
        partners = self.env["res.partner"].search(
            Domain("email_normalized", "in", sorted(set(mails.values())))
            & Domain("parent_id", "=", False)
            & Domain("partner_share", "=", True)
            & self._get_company_domain(channel)
        )
        return partners.grouped("email_normalized")

    def _find_in_channel(self, channel, mails):
        """Contacts by the address that this channel had told for them."""
        bindings = self.env["oms.channel.customer"].search(
            [
                ("channel_id", "=", channel.id),
                ("email", "in", sorted(set(mails.values()))),
            ]
        )
        return {
            email: same.partner_id for email, same in bindings.grouped("email").items()
        }

    def _get_company_domain(self, channel):
        return Domain("company_id", "in", (False, channel.company_id.id))

    def _leave_out_known(self, channel, found):
        """Two numbers of the channel are two buyers, whatever they have in common."""
        numbered = self.env["oms.channel.customer"].search(
            [
                ("channel_id", "=", channel.id),
                ("partner_id", "in", [partner.id for partner in found.values()]),
                ("key", "=like", "id:%"),
            ]
        )
        taken = set(numbered.partner_id.ids)
        kept = {}
        for key, partner in found.items():
            if key.startswith("id:"):
                if partner.id in taken:
                    continue
                taken.add(partner.id)
            kept[key] = partner
        return kept
