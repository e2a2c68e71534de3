# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules that make the tree readable, checked by reading it.

Every test lists the offences of the whole tree, each with its file and line.
"""

import ast
import functools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
EXAMPLES = ROOT / "tests" / "addons"
CORE = "oms_core"
SIBLINGS = ("oms_channels", "oms_routing", "oms_returns")
# Each glues the core to an application of Odoo that it can do without.
GLUE = ("oms_point_of_sale", "oms_website_sale")
RAYS = (*SIBLINGS, *GLUE)
LICENCE = "# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl)."
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "time_ns"}
WORLD = {
    "asyncio", "http", "logging", "multiprocessing", "os", "random", "secrets",
    "shutil", "socket", "subprocess", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
SOURCES = {".csv", ".js", ".py", ".scss", ".xml"}
HTTP = {"aiohttp", "http", "httpx", "requests", "urllib3"}


def python_files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def engine_files() -> list[Path]:
    return python_files(*ADDONS.glob("*/engine"), *EXAMPLES.glob("*/engine"))


def addon_files() -> list[Path]:
    return python_files(ADDONS, EXAMPLES)


def inside_addons(path: Path) -> Path:
    return path.relative_to(EXAMPLES if path.is_relative_to(EXAMPLES) else ADDONS)


def addon_of(path: Path) -> str:
    return inside_addons(path).parts[0]


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@functools.cache
def imports(path: Path) -> list[tuple[str, str]]:
    """(where, absolute dotted name) of each import, relative ones resolved."""
    package = ["odoo", "addons", *inside_addons(path).parent.parts]
    found = []
    for node in ast.walk(tree(path)):
        where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import):
            found += [(where, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = [*base, *(node.module.split(".") if node.module else [])]
            found += [(where, ".".join([*module, alias.name])) for alias in node.names]
    return found


def is_below(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def top(name: str) -> str:
    return name.partition(".")[0]


def all_imports(paths: Iterable[Path]) -> Iterator[tuple[Path, str, str]]:
    for path in paths:
        for where, name in imports(path):
            yield path, where, name


def test_engines_import_the_standard_library_and_engines_only():
    foreign = [
        f"{where} imports {name}"
        for path, where, name in all_imports(engine_files())
        if top(name) not in sys.stdlib_module_names and not is_engine(name)
    ]
    assert foreign == []


def test_engines_do_not_touch_the_world():
    """No network, no files, no dice: what they need comes in as an argument."""
    impure = [
        f"{where} imports {name}"
        for _path, where, name in all_imports(engine_files())
        if top(name) in WORLD
    ]
    assert impure == []


def test_engines_read_no_clock():
    calls = (
        (path, node)
        for path in engine_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    )
    clocks = [
        f"{path.relative_to(ROOT)}:{node.lineno} calls {ast.unparse(node)}"
        for path, node in calls
        if node.func.attr in CLOCKS
        and ast.unparse(node.func.value).split(".")[-1] in {"datetime", "date", "time"}
    ]
    assert clocks == []


def test_mappers_know_neither_odoo_nor_the_network():
    """Nor do the modules of their own that they use; engines are checked apart."""
    mappers = {path for path in addon_files() if path.name == "mapper.py"}
    todo = set(mappers)
    while todo:
        used = {inner for path in todo for inner in used_beside(path)}
        todo = used - mappers
        mappers |= used
    impure = [
        f"{where} imports {name}"
        for path, where, name in all_imports(sorted(mappers))
        if top(name) in {"odoo", *WORLD, *HTTP}
        and not is_engine(name)
        and not any(is_below(name, dotted(inner)) for inner in used_beside(path))
    ]
    assert impure == []


def used_beside(path: Path) -> set[Path]:
    """Modules of the same folder that a module imports."""
    names = [name for _where, name in imports(path)]
    return {
        other
        for other in path.parent.glob("*.py")
        if any(is_below(name, dotted(other)) for name in names)
    }


def dotted(path: Path) -> str:
    return ".".join(["odoo", "addons", *inside_addons(path).with_suffix("").parts])


def is_engine(name: str) -> bool:
    """Another addon's engine too: an example extends it, the star forbids the rest."""
    parts = name.split(".")
    return parts[:2] == ["odoo", "addons"] and parts[3:4] == ["engine"]


def test_sibling_addons_do_not_import_each_other():
    family = {CORE, *RAYS}
    crossings = [
        f"{where} imports {name}"
        for path, where, name in all_imports(addon_files())
        if (addon := addon_of(path)) in family
        and any(
            is_below(name, f"odoo.addons.{other}") for other in family - {addon, CORE}
        )
    ]
    assert crossings == []


def test_manifests_form_a_star():
    depends = {
        addon: ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text())[
            "depends"
        ]
        for addon in (CORE, *RAYS)
    }
    ours = {addon: sorted({CORE, *RAYS} & {*names}) for addon, names in depends.items()}
    assert ours == {CORE: [], **{addon: [CORE] for addon in RAYS}}


def test_no_addon_is_forgotten_here():
    addons = {path.parent.name for path in ADDONS.glob("*/__manifest__.py")}
    assert addons == {CORE, *RAYS}


def test_glue_installs_itself():
    manifests = [ADDONS / addon / "__manifest__.py" for addon in GLUE]
    assert all(
        ast.literal_eval(path.read_text()).get("auto_install") for path in manifests
    )


def test_sibling_addons_name_nothing_of_each_other():
    """No model, record or file: each is installed with the core and nothing else."""
    models = {
        name: addon
        for addon in (CORE, *RAYS)
        for path in python_files(ADDONS / addon)
        for name in re.findall(r'^ +_name = "([\w.]+)"', path.read_text(), re.MULTILINE)
    }
    named = [
        f"{path.relative_to(ROOT)}:{number} names {name}"
        for addon in (CORE, *RAYS)
        for path in sorted((ADDONS / addon).rglob("*.*"))
        if path.suffix in SOURCES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for name in re.findall(r"[\"'>]([a-z]\w*(?:\.\w+)+)", line)
        if models.get(name, name.partition(".")[0]) in {*RAYS} - {addon}
    ]
    assert named == []


def test_one_file_speaks_http():
    """Timeouts, secrets and rate limits are kept in one place, connectors/http.py."""
    speakers = [
        f"{where} imports {name}"
        for path, where, name in all_imports(addon_files())
        if (top(name) in HTTP or is_below(name, "urllib.request"))
        and "tests" not in inside_addons(path).parts
        and not path.match("oms_channels/connectors/http.py")
        # names of status codes, no network
        and not is_below(name, "http.HTTPStatus")
    ]
    assert speakers == []


def test_files_name_their_licence():
    folders = ("addons", "benchmarks", "emulators", "scripts", "tests")
    files = python_files(*(ROOT / folder for folder in folders))
    silent = [
        str(path.relative_to(ROOT))
        for path in [*files, ROOT / "conftest.py", ROOT / "oms"]
        if (text := path.read_text()).strip() and LICENCE not in text.splitlines()[:2]
    ]
    assert silent == []
