# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .common import ChannelCommon


class TestOmsChannelLocation(ChannelCommon):
    def make_locations(self, **names):
        return self.env["oms.channel.location"]._update_known(self.channel, names)

    def test_locations_are_known_once_whatever_often_they_are_read(self):
        first = self.make_locations(a="Lyon", b="Nantes")
        self.assertEqual(self.make_locations(a="Lyon", b="Nantes"), first)

    def test_renamed_location_keeps_its_warehouse(self):
        location = self.make_locations(a="Lyon")
        location.warehouse_id = self.warehouse
        self.make_locations(a="Lyon Sud")
        self.assertEqual(
            (location.name, location.warehouse_id), ("Lyon Sud", self.warehouse)
        )

    @mute_logger("odoo.sql_db")
    def test_one_warehouse_is_not_offered_at_two_locations(self):
        locations = self.make_locations(a="Lyon", b="Nantes")
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            locations.warehouse_id = self.warehouse
            self.env.flush_all()

    def test_location_takes_no_warehouse_of_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        ) or self.env["stock.warehouse"].create(
            {"name": "Elsewhere", "code": "ELSE", "company_id": company.id}
        )
        with self.assertRaisesRegex(ValidationError, "choose a warehouse of"):
            self.make_locations(a="Lyon").warehouse_id = warehouse
