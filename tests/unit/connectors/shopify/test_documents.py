# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is sent is understood by the platform, and affordable."""

import pytest
from graphql import (
    FieldNode,
    NoDeprecatedCustomRule,
    Visitor,
    get_operation_ast,
    parse,
    validate,
    visit,
)

from emulators.shopify.bucket import LARGEST_QUERY
from emulators.shopify.graphql.cost import Meter
from emulators.shopify.graphql.schema import admin_schema
from odoo.addons.oms_channels.connectors.shopify import documents

DOCUMENTS = {
    name: value
    for name, value in vars(documents).items()
    if isinstance(value, documents.Document)
}
each_document = pytest.mark.parametrize("name", DOCUMENTS)


@each_document
def test_document_is_valid_in_the_published_schema(name, published):
    errors = validate(published, parse(DOCUMENTS[name].text))
    assert [error.message for error in errors] == []


@each_document
def test_document_asks_for_nothing_deprecated(name, published):
    assert [*_list_deprecated(published, parse(DOCUMENTS[name].text))] == []


def _list_deprecated(schema, document):
    for error in validate(schema, document, [NoDeprecatedCustomRule]):
        yield error.message


@each_document
def test_operation_has_the_name_of_the_document(name):
    operation = get_operation_ast(parse(DOCUMENTS[name].text))
    assert operation.name.value == DOCUMENTS[name].name


@each_document
def test_document_costs_less_than_half_of_what_a_call_may(name):
    document = parse(DOCUMENTS[name].text)
    meter = Meter(
        admin_schema(),
        document,
        get_operation_ast(document),
        {"first": DOCUMENTS[name].page_size},
    )
    assert 0 < meter.requested() < LARGEST_QUERY / 2


@each_document
def test_every_connection_tells_whether_there_is_more(name, published):
    """A connection that nobody pages would lose rows in silence."""
    assert [*_list_unpaged(DOCUMENTS[name].text)] == []


def _list_unpaged(text):
    unpaged = []

    class Look(Visitor):
        def enter_field(self, node, *_where):
            if not node.selection_set:
                return
            names = {
                child.name.value
                for child in node.selection_set.selections
                if isinstance(child, FieldNode)
            }
            if "nodes" in names and "pageInfo" not in names:
                unpaged.append(node.name.value)

    visit(parse(text), Look())
    yield from unpaged
