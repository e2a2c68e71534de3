# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import OmsCommon


@tagged("post_install", "-at_install")
class TestOmsPartnerDuplicate(OmsCommon):
    """What may be one customer is proposed with the reason, and merged by a person."""

    def _create(self, **values):
        return self.env["res.partner"].create({"name": "Dup Licate", **values})

    def _get_pairs(self, *partners):
        ids = [partner.id for partner in partners]
        pairs = self.env["oms.partner.duplicate"]
        pairs.invalidate_model()
        return pairs.search([("partner_id", "in", ids), ("other_id", "in", ids)])

    def test_each_agreement_proposes_the_pair_and_says_why(self):
        for case, one, two, why in [
            (
                "email",
                {"name": "A", "email": "Dup.X@example.com"},
                {"name": "B", "email": "dup.x@example.com"},
                "same e-mail",
            ),
            (
                "phone",
                {"name": "A", "phone": "+33 6 98 76 54 32"},
                {"name": "B", "phone": "06.98.76.54.32"},
                "same phone",
            ),
            (
                "place",
                {"name": "Zoe Dup", "zip": "SW1 2AA"},
                {"name": "zoe dup ", "zip": "sw12aa"},
                "same name and postcode",
            ),
        ]:
            with self.subTest(case):
                pair = self._get_pairs(self._create(**one), self._create(**two))
                self.assertEqual(len(pair), 1)
                self.assertEqual(pair.why, why)

    def test_namesakes_elsewhere_are_not_proposed(self):
        pair = self._get_pairs(self._create(zip="10115"), self._create(zip="75001"))
        self.assertFalse(pair)

    def test_contacts_of_one_company_are_not_proposed(self):
        parent = self._create(email="firm@example.com")
        child = self._create(parent_id=parent.id, email="firm@example.com")
        self.assertFalse(self._get_pairs(parent, child))

    def test_number_of_a_switchboard_proves_nothing(self):
        people = [self._create(name=f"P{n}", phone="+49 30 5551234") for n in range(12)]
        self.assertFalse(self._get_pairs(*people))

    def test_not_the_same_is_remembered(self):
        one, two = (self._create(email="dup.y@example.com") for _ in range(2))
        self._get_pairs(one, two).action_distinct()
        self.assertFalse(self._get_pairs(one, two))

    def test_merge_opens_odoos_dialog_with_both_and_the_pair_is_gone(self):
        one, two = (self._create(email="dup.z@example.com") for _ in range(2))
        order = self._create_order(partner_id=two.id)
        action = self._get_pairs(one, two).action_merge()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard = wizard.create({})
        self.assertEqual(wizard.partner_ids, one | two)
        wizard.action_merge()
        kept = (one | two).exists()
        self.assertEqual(len(kept), 1)
        self.assertEqual(order.partner_id, kept)
        self.assertFalse(self._get_pairs(kept))

    def test_pairs_are_not_merged_by_listing_them(self):
        one, two = (self._create(email="dup.w@example.com") for _ in range(2))
        user = self._create_user("dup_user", "oms_core.group_oms_user")
        pair = self._get_pairs(one, two).with_user(user)
        self.assertIn("same e-mail", pair.why)
        self.assertEqual((one | two).exists(), one | two)
