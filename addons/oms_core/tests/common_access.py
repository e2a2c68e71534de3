# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may do what, as tables beside the tests of each addon.

``access_models.csv`` has a line per model and a column per role with the letters of
what the role may do: r(ead), w(rite), c(reate), u(nlink). ``access_methods.csv`` has
a line per public method, and a cross for each role that is let in. A model or method
that is missing from the tables fails, so that nothing becomes public unseen.
"""

import csv
import inspect
from pathlib import Path

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tools import mute_logger

from .common import OmsCommon

ROLES = {
    "user": "oms_core.group_oms_user",
    "manager": "oms_core.group_oms_manager",
    "admin": "oms_core.group_oms_admin",
    "connector": "oms_core.group_oms_connector",
    "salesperson": "sales_team.group_sale_salesman_all_leads",
    "stock": "stock.group_stock_user",
    "accountant": "account.group_account_invoice",
    "employee": "base.group_user",
    "portal": "base.group_portal",
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


class Undo(Exception):
    """Takes back what a call has done, so that the next role finds what it found."""


class AccessCommon(OmsCommon):
    """Compares the tables of one addon with what Odoo answers each role."""

    MODULE = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: cls._create_user(f"role-{role}", group)
            for role, group in ROLES.items()
        }
        cls.order = cls._create_order()
        cls.env["oms.hold"]._place(
            [{"order": cls.order, "type": "payment", "reason": "not secured"}]
        )
        cls.env.flush_all()

    # === THE TABLES ===

    def _read_table(self, name):
        path = Path(inspect.getfile(type(self))).with_name(name)
        with path.open(newline="") as file:
            return list(csv.DictReader(file))

    def _get_our_models(self):
        return sorted(
            name
            for name, model in self.env.items()
            if model._original_module == self.MODULE and not model._abstract
        )

    def _get_our_methods(self):
        """{(model, method)}: what programs may call, and Odoo itself has not got."""
        return {
            (model, name)
            for model in self.env
            for name in self._get_public_names(self.env[model])
        }

    def _get_public_names(self, records):
        origins = {}
        for parent in type(records).mro():
            names = {
                name
                for name, value in vars(parent).items()
                if inspect.isfunction(value)
                and not name.startswith("_")
                # what is done with records needs some: a mixin has none
                and (not records._abstract or getattr(value, "_api_model", False))
            }
            # whoever overrides it, it is his who has it at the bottom
            origins |= dict.fromkeys(names, parent)
        return {name for name, parent in origins.items() if self._is_ours(parent)}

    def _is_ours(self, parent):
        return parent.__module__.startswith(f"odoo.addons.{self.MODULE}.")

    # === CALLING ===

    def _get_values(self):
        """Values of the records and wizards that methods are called on."""
        return {}

    def _get_arguments(self):
        """{(model, method): arguments} of methods that need some."""
        return {}

    def _prepare(self, model, user):
        """What a method is called on: a record of ours, or the user's own wizard."""
        records = self.env[model]
        if records._abstract:
            return records.with_user(user)
        if records._transient:
            return records.with_user(user).create(self._get_values()[model])
        if model == "sale.order":
            return self.order.with_user(user)
        record = records.search([], limit=1)
        if not record and model in self._get_values():
            record = records.create(self._get_values()[model])
            # what is in the cache is read without asking who reads
            self.env.flush_all()
            self.env.invalidate_all()
        self.assertTrue(record, f"no {model} to call anything on")
        return record.with_user(user)

    def _is_let_in(self, model, method, user):
        arguments = self._get_arguments().get((model, method), [])
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                getattr(self._prepare(model, user), method)(*arguments)
                self.env.flush_all()
                self._undo()
        except AccessError:
            return False
        except (Undo, UserError, RedirectWarning):
            return True  # a user error: let in, and refused for what the record is
        finally:
            self.env.invalidate_all()

    def _undo(self):
        raise Undo

    # === CHECKS ===

    def check_models(self):
        table = self._read_table("access_models.csv")
        self.assertEqual([row["model"] for row in table], self._get_our_models())
        for row in table:
            with self.subTest(model=row["model"]):
                self.assertEqual(self._read_rights(row["model"]), row)

    def _read_rights(self, model):
        return {"model": model} | {
            role: "".join(
                letter
                for letter, operation in OPERATIONS.items()
                if self.env[model].with_user(user).has_access(operation)
            )
            for role, user in self.users.items()
        }

    def check_methods(self):
        table = self._read_table("access_methods.csv")
        listed = {(row["model"], row["method"]) for row in table}
        self.assertEqual(listed, self._get_our_methods())
        for row in table:
            with self.subTest(method=f"{row['model']}.{row['method']}"):
                self.assertEqual(self._read_doors(row["model"], row["method"]), row)

    def _read_doors(self, model, method):
        return {"model": model, "method": method} | {
            role: "x" if self._is_let_in(model, method, user) else ""
            for role, user in self.users.items()
        }
