# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from odoo.addons.oms_core.tests.common import OmsCommon


class WebsiteCommon(OmsCommon):
    """A website whose channel ships from Test East and Test West; 10 mugs in East."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].create(
            {"name": "Test Site", "company_id": cls.company.id}
        )
        cls.channel = cls.website.oms_channel_id
        cls.channel.write(
            {
                "duplicate_minutes": 0,
                "warehouse_ids": [
                    Command.set((cls.warehouse | cls.other_warehouse).ids)
                ],
            }
        )
        cls.mug.write({"allow_out_of_stock_order": False, "website_published": True})
        cls.customer.write(
            {
                "email": "ada@example.com",
                "street": "1 Main Street",
                "city": "Boston",
                "zip": "02108",
                "country_id": cls.env.ref("base.us").id,
                "state_id": cls.env.ref("base.state_us_22").id,
            }
        )

    @classmethod
    def _create_cart(cls, lines=None, **values):
        """What a buyer has in the cart; ``lines`` are (product, quantity)."""
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "website_id": cls.website.id,
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity}
                    )
                    for product, quantity in lines or [(cls.mug, 2)]
                ],
                **values,
            }
        )

    def _get_sellable(self, product=None, website=None):
        """What the shop says it may sell, read anew."""
        product = product or self.mug
        self.env.invalidate_all()
        return (website or self.website)._get_product_available_qty(product)
