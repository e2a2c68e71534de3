# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples in the engine's own text are true."""

import doctest
import importlib
import pkgutil

import pytest

from odoo.addons.oms_routing import engine

MODULES = [
    f"{engine.__name__}.{module.name}"
    for module in pkgutil.iter_modules(engine.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_engine_has_examples():
    modules = map(importlib.import_module, MODULES)
    assert sum(doctest.testmod(module).attempted for module in modules) > 10
