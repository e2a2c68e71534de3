# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.oms_channels.engine.errors import Rejected


def test_message_is_text_that_a_database_takes():
    assert str(Rejected("half \ud83d and \0 none")) == "half ? and  none"


def test_message_that_quotes_too_much_is_cut():
    assert len(str(Rejected("x" * 5000))) < 1000
