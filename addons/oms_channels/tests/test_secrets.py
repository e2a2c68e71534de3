# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tools import config

from odoo.addons.oms_core.tests.common import OmsCommon

from ..models.oms_channel import MASK

KEY = "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdC0="  # gitleaks:allow


class TestSecrets(OmsCommon):
    def setUp(self):
        super().setUp()
        self.patch(config, "options", config.options.new_child({"oms_secret_key": KEY}))

    def test_credential_is_given_to_the_connector(self):
        self.channel.api_token = "shpat_1234"
        self.assertEqual(self.channel._get_secret("api_token"), "shpat_1234")

    def test_database_does_not_hold_the_credential(self):
        self.channel.api_token = "shpat_1234"
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(oms_channel)::text FROM oms_channel WHERE id = %s",
            [self.channel.id],
        )
        self.assertNotIn("shpat_1234", self.env.cr.fetchone()[0])

    def test_what_is_read_is_a_mask(self):
        self.channel.api_token = "shpat_1234"
        self.channel.invalidate_recordset()
        self.assertEqual(self.channel.read(["api_token"])[0]["api_token"], MASK)

    def test_saving_the_mask_keeps_the_credential(self):
        self.channel.api_token = "shpat_1234"
        self.channel.api_token = MASK
        self.assertEqual(self.channel._get_secret("api_token"), "shpat_1234")

    def test_former_webhook_secret_is_kept_for_the_change(self):
        self.channel.webhook_secret = "first"
        self.channel.webhook_secret = "second"
        self.assertEqual(self.channel._get_secret("webhook_secret_old"), "first")

    def test_nobody_reads_the_cipher(self):
        admin = self._create_user("test_admin", "oms_core.group_oms_admin")
        with self.assertRaises(AccessError):
            self.channel.with_user(admin).read(["api_token_cipher"])

    def test_user_does_not_even_read_the_mask(self):
        user = self._create_user("test_user", "oms_core.group_oms_user")
        with self.assertRaises(AccessError):
            self.channel.with_user(user).read(["api_token"])

    def test_server_without_a_key_refuses_and_names_the_option(self):
        config.options["oms_secret_key"] = False
        with self.assertRaisesRegex(UserError, "oms_secret_key"):
            self.channel.api_token = "shpat_1234"

    def test_credential_of_another_key_is_refused_with_the_way_out(self):
        self.channel.api_token = "shpat_1234"
        config.options["oms_secret_key"] = KEY.replace("dGVz", "c2Vj")
        with self.assertRaisesRegex(UserError, "Restore that key"):
            self.channel._get_secret("api_token")
