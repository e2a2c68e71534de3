# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demo database `oms`: made once, then kept in step with the sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import demo_shop
from .console import Stop, say, step
from .databases import Databases
from .odoo import install, progress
from .paths import GLUE, MODULES, module_path
from .postgres import Cluster
from .stamps import module_digest

NAME = "oms"
LOG = "install.log"


@dataclass(frozen=True)
class State:
    demo: bool
    changed: bool


def ensure(
    cluster: Cluster,
    *,
    demo: bool | None,
    fresh: bool,
    applications: Sequence[str] = (),
) -> State:
    """Makes the database or updates it.

    :param demo: with demo data, without, or None for whatever it has.
    :param applications: of Odoo, to be there with what glues ours to them
    """
    databases = Databases(cluster)
    exists = databases.exists(NAME)
    note = databases.note(NAME) if exists else {}
    if exists and not note:
        say(f"  The database {NAME} is from a run that did not finish: starting over.")
    if note and demo is not None and note["demo"] != demo and not fresh:
        having = "with" if note["demo"] else "without"
        raise Stop(
            f"The database {NAME} was made {having} demo data. To replace it, and lose"
            f" what is in it: ./oms run --fresh{'' if demo else ' --no-demo'}"
        )
    known = {} if fresh else note.get("modules", {})
    glue = [name for name in GLUE if name in known or GLUE[name] in applications]
    modules = [*MODULES, *glue]
    if fresh or not note:
        _create(databases, modules, demo=demo is not False)
        return State(demo=demo is not False, changed=True)
    return State(demo=note["demo"], changed=_update(databases, modules, note))


def _create(databases: Databases, modules: Sequence[str], *, demo: bool) -> None:
    databases.drop(NAME)
    for kind in demo_shop.KINDS:
        kind.state.unlink(missing_ok=True)
    digests = _digests(modules)
    having = "demo data" if demo else "no demo data"
    with step(f"database {NAME}: Odoo and our addons, {having}", progress(LOG)):
        install(databases.cluster, NAME, modules, LOG, demo=demo)
    if demo:
        databases.keep_quiet(NAME)
    databases.set_note(NAME, {"demo": demo, "modules": digests})


def _update(databases: Databases, modules: Sequence[str], note: dict) -> bool:
    digests = _digests(modules)
    known = note.get("modules", {})
    changed = [name for name in modules if known.get(name) != digests[name]]
    new = [name for name in changed if name not in known]
    if old := [name for name in changed if name in known]:
        with step(f"database {NAME}: updating {', '.join(old)}", progress(LOG)):
            install(databases.cluster, NAME, old, LOG, update=True)
    if new:
        with step(f"database {NAME}: installing {', '.join(new)}", progress(LOG)):
            install(databases.cluster, NAME, new, LOG)
    if changed:
        databases.set_note(NAME, {**note, "modules": digests})
    return bool(changed)


def _digests(modules: Sequence[str]) -> dict[str, str]:
    return {name: module_digest(module_path(name)) for name in modules}
