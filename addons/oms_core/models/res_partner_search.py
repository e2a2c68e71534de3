# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.trigram import trigram_index

# Digits with what people write between them; fewer digits are no phone number.
PHONE = re.compile(r"\+?[\d\s()./-]*\Z")
MIN_PHONE_DIGITS = 5
# The national number without its leading zero, where a country code is in front.
NATIONAL_DIGITS = 9
MAX_LOCAL_DIGITS = 10


class ResPartner(models.Model):
    """People are found by parts of name, e-mail, phone and postcode, by index."""

    _inherit = "res.partner"

    _oms_name_trgm = trigram_index("complete_name")
    _oms_email_trgm = trigram_index("email")
    _oms_zip_trgm = trigram_index("zip")
    _oms_phone_trgm = trigram_index(
        "regexp_replace(phone, '[^0-9]', '', 'g')", unaccented=False
    )

    def _get_oms_people_domain(self, text):
        """Contacts that somebody may mean who says or types this."""
        if "@" in text:
            return Domain("email", "ilike", text)
        people = Domain("complete_name", "ilike", text) | Domain("zip", "ilike", text)
        digits = self._get_oms_phone_digits(text)
        return people | self._get_oms_phone_domain(digits) if digits else people

    def _get_oms_phone_digits(self, text):
        """The digits that two ways to write one number share, "" if it is none.

        +33 6 12 34 56 78, 0033612345678 and 06 12 34 56 78 all end in 612345678.
        """
        digits = re.sub(r"\D", "", text)
        if not PHONE.match(text) or len(digits) < MIN_PHONE_DIGITS:
            return ""
        digits = digits.lstrip("0")
        return digits[-NATIONAL_DIGITS:] if len(digits) > MAX_LOCAL_DIGITS else digits

    def _get_oms_phone_domain(self, digits):
        # The first part also has what is in memory written out.
        return Domain("phone", "!=", False) & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "regexp_replace(%s, '[^0-9]', '', 'g') LIKE %s",
                SQL.identifier(alias, "phone"),
                f"%{digits}%",
            )
        )
