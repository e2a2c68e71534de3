# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import difflib
import importlib
import signal
import sys
from types import FrameType

from .console import Stop, Terminated, say

VERBS = {
    "run": "serve Odoo with demo data and a shop that sells; Ctrl-C stops it all",
    "test": "unit, addon and end-to-end tests; takes pytest's arguments",
    "lint": "format, lint, types, architecture",
    "demo": "`demo orders N`: N more orders in the running demo shop, at once",
    "bench": "`bench import`: how fast orders come in, beside plain Odoo",
    "setup": "install what the others need; they call it themselves",
    "shell": "Odoo's Python shell on the demo database",
    "psql": "PostgreSQL's shell on the demo database",
    "pot": "write addons/*/i18n/*.pot anew",
    "doctor": "what is installed, what runs, what is broken; repairs what it can",
    "stop": "stop everything that this checkout has running",
    "reset": "delete the databases of this checkout (asks first)",
}


def usage() -> str:
    lines = "\n".join(f"  {verb:<8}{text}" for verb, text in VERBS.items())
    return f"""usage: ./oms VERB [arguments]

{lines}

`./oms VERB --help` tells more. Environment variables:
  OMS_CACHE   where everything that is fetched or made is kept (.odoo)
  ODOO_HOME   an Odoo 19 that you have, instead of a fetched one
  OMS_PG_BIN  a folder with PostgreSQL's programs, or `wheel` for the bundled one"""


def _terminate(number: int, _frame: FrameType | None) -> None:
    raise Terminated(number)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        say(usage())
        return 0 if arguments else 2
    verb, *rest = arguments
    if verb not in VERBS:
        near = difflib.get_close_matches(verb, VERBS, n=1)
        hint = f" Did you mean `{near[0]}`?" if near else ""
        say(f"oms: there is no verb `{verb}`.{hint}\n\n{usage()}", stream=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return importlib.import_module(f"omscli.verbs.{verb}").run(rest)
    except Stop as stop:
        say(f"\noms {verb}: {stop}", stream=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say(f"\noms {verb}: interrupted.", stream=sys.stderr)
        return 130
