# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which stages `./oms test ARGUMENTS` runs, and with what."""

import os

import pytest

from omscli import alone
from omscli.console import Stop
from omscli.paths import MODULES, ROOT
from omscli.verbs import test as verb


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch):
    monkeypatch.chdir(ROOT)


def chosen(*arguments):
    stages, _options = verb.plan(arguments)
    return {stage.name: stage.paths for stage in stages}


def test_no_path_chooses_all_stages():
    assert list(chosen()) == ["unit", "addons", "glue", "e2e"]


def test_path_of_a_test_file_chooses_its_stage_alone():
    path = "tests/unit/test_architecture.py"
    assert chosen(path) == {"unit": [path]}


def test_name_of_a_test_stays_with_its_path():
    path = "tests/unit/test_architecture.py::test_manifests_form_a_star"
    assert chosen(path) == {"unit": [path]}


def test_folder_of_an_addon_chooses_the_addon_stage():
    assert chosen("addons/oms_core") == {"addons": ["addons/oms_core"]}


def test_glue_has_a_stage_of_its_own():
    path = "addons/oms_website_sale"
    assert chosen(path) == {"glue": [path]}


def test_all_addons_are_those_of_both_stages():
    paths = chosen("addons")
    assert (list(paths), "addons/oms_website_sale/tests" in paths["addons"]) == (
        ["addons", "glue"],
        False,
    )


def test_test_addons_belong_to_the_addon_stage():
    (stage,) = [stage for stage in verb.stages() if stage.owns("tests/addons/x/tests")]
    assert stage.name == "addons"


def test_folder_above_several_stages_chooses_each():
    assert {"unit", "e2e"} <= set(chosen("tests"))


def test_paths_of_two_stages_choose_both():
    assert list(chosen("tests/unit", "tests/e2e")) == ["unit", "e2e"]


def test_words_that_are_no_paths_are_for_pytest():
    _stages, options = verb.plan(["-k", "held and not late", "-x"])
    assert options == ["-k", "held and not late", "-x"]


def test_misspelt_test_file_is_refused_by_name():
    with pytest.raises(Stop, match=r"tests/unit/test_nowhere\.py"):
        verb.plan(["tests/unit/test_nowhere.py"])


def test_folder_without_tests_is_refused_by_name():
    with pytest.raises(Stop, match="scripts"):
        verb.plan(["scripts"])


def test_each_addon_is_tried_alone_if_none_is_named():
    stages, options = alone.plan(["-x"])
    assert [stage.name for stage in stages] == [*MODULES]
    assert options == ["-x"]


def test_addon_that_is_named_is_tried_alone_with_its_own_tests():
    [stage], _options = alone.plan(["oms_routing"])
    assert stage.paths == ["addons/oms_routing/tests"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param([0, 0, 0], 0, id="all pass"),
        pytest.param([0, 5, 5], 0, id="-k left tests in one stage"),
        pytest.param([5, 5, 5], 5, id="-k left none anywhere"),
        pytest.param([0, 1, 0], 1, id="one fails"),
        pytest.param([2, 1, 0], 2, id="the first failure counts"),
    ],
)
def test_exit_code_sums_up_the_stages(codes, expected, capsys):
    stages = [verb.Stage(f"s{code}", [], code=code) for code in codes]
    assert verb.conclude(stages) == expected


@pytest.mark.parametrize("option", ["-n0", "-n", "--pdb", "-s"])
def test_what_speaks_for_one_process_keeps_a_stage_in_one(option: str) -> None:
    stage = verb.Stage("unit", ["tests/unit"], whole=True)
    assert verb.spread(stage, [option]) == [option]


def test_a_whole_stage_runs_on_all_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    stage = verb.Stage("unit", ["tests/unit"], whole=True)
    assert verb.spread(stage, ["-x"]) == ["-n", "2", "--dist", "loadfile", "-x"]


def test_a_few_tests_do_not_need_more_than_one_process() -> None:
    assert verb.spread(verb.Stage("unit", ["tests/unit"]), ["-x"]) == ["-x"]
