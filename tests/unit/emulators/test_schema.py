# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The emulator speaks a part of Shopify's Admin API and not a word more.

What it accepts Shopify accepts: every type, field, argument, default, enum value and
input field of our SDL is in the published schema, of the same type, and nothing that
Shopify requires of a caller is missing from ours.
"""

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest
from graphql import introspection_from_schema

from emulators.shopify import API_VERSION
from emulators.shopify.graphql.schema import admin_schema

SCRIPT = Path(__file__).parents[3] / "scripts" / "get-shopify-schema"


def _by_name(rows):
    return {row["name"]: row for row in rows or ()}


def _spelled(kind):
    if kind["kind"] == "NON_NULL":
        return _spelled(kind["ofType"]) + "!"
    if kind["kind"] == "LIST":
        return f"[{_spelled(kind['ofType'])}]"
    return kind["name"]


def _types(introspection):
    rows = _by_name(introspection["__schema"]["types"])
    return {name: row for name, row in rows.items() if not name.startswith("__")}


@pytest.fixture(scope="module")
def theirs():
    done = subprocess.run(
        [SCRIPT, API_VERSION],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ},
    )
    if done.returncode:
        pytest.skip(done.stderr.strip())
    with gzip.open(done.stdout.strip()) as file:
        answer = json.load(file)
    return answer.get("data", answer)


@pytest.fixture(scope="module")
def ours():
    return introspection_from_schema(admin_schema())


def _values(ours, theirs, *keys):
    """(place, our row, their row or None) of what the types list under these keys."""
    published = _types(theirs)
    for name, row in _types(ours).items():
        for key in keys:
            known = _by_name(published.get(name, {}).get(key))
            for inner in row[key] or ():
                yield f"{name}.{inner['name']}", inner, known.get(inner["name"])


def test_every_type_is_published_and_of_the_same_kind(ours, theirs):
    published = _types(theirs)
    strange = {
        name
        for name, row in _types(ours).items()
        if name not in published or published[name]["kind"] != row["kind"]
    }
    assert strange == set()


def test_every_field_is_published_with_the_same_type(ours, theirs):
    strange = [
        place
        for place, row, known in _values(ours, theirs, "fields", "inputFields")
        if not known or _spelled(known["type"]) != _spelled(row["type"])
    ]
    assert strange == []


def test_every_enum_value_and_member_is_published(ours, theirs):
    keys = ("enumValues", "interfaces", "possibleTypes")
    strange = [
        place for place, _row, known in _values(ours, theirs, *keys) if not known
    ]
    assert strange == []


def test_every_argument_is_published_with_the_same_type_and_default(ours, theirs):
    strange = [
        f"{place}({argument['name']})"
        for place, row, known in _values(ours, theirs, "fields")
        for argument in row["args"]
        if not _same_input(argument, _by_name(known["args"]).get(argument["name"]))
    ]
    assert strange == []


def test_every_input_field_has_the_published_default(ours, theirs):
    strange = [
        place
        for place, row, known in _values(ours, theirs, "inputFields")
        if not _same_input(row, known)
    ]
    assert strange == []


def _same_input(row, known):
    return (
        known is not None
        and _spelled(row["type"]) == _spelled(known["type"])
        and row["defaultValue"] == known["defaultValue"]
    )


def test_nothing_that_shopify_requires_is_missing(ours, theirs):
    published, missing = _types(theirs), []
    for name, row in _types(ours).items():
        fields = _by_name(published[name]["fields"])
        pairs = [(row["inputFields"], published[name]["inputFields"], name)]
        pairs += [
            (field["args"], fields[field["name"]]["args"], f"{name}.{field['name']}")
            for field in row["fields"] or ()
        ]
        missing += [
            f"{place}: {known['name']}"
            for have, required, place in pairs
            for known in required or ()
            if known["type"]["kind"] == "NON_NULL"
            and known["defaultValue"] is None
            and known["name"] not in _by_name(have)
        ]
    assert missing == []


def test_nothing_deprecated_is_offered(ours, theirs):
    """Deprecated names disappear with a version: nobody should build on them here."""
    keys = ("fields", "inputFields", "enumValues")
    old = [
        place
        for place, _row, known in _values(ours, theirs, *keys)
        if known and known.get("isDeprecated")
    ]
    assert old == []


def test_idempotent_directive_is_the_published_one(ours, theirs):
    def shape(introspection):
        row = _by_name(introspection["__schema"]["directives"])["idempotent"]
        return row["locations"], [(a["name"], _spelled(a["type"])) for a in row["args"]]

    assert shape(ours) == shape(theirs)
