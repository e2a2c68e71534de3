# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import argparse
import shutil

from ..console import Stop, ask, say, step
from ..paths import CACHE
from .stop import stop_everything

DATABASES = ("pg-dev", "pg-test", "data-dev", "data-test")


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./oms reset",
        description="Stops everything and deletes the databases of this checkout, with"
        " their files. ./oms run and ./oms test make them anew.",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="the fetched Odoo, the virtualenv, the logs and the secret key too",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    options = parser.parse_args(arguments)
    names = sorted(path.name for path in CACHE.glob("*")) if options.all else DATABASES
    doomed = [CACHE / name for name in names if (CACHE / name).exists()]
    if not doomed:
        say("There is nothing to delete.")
        return 0
    say(f"To be deleted in {CACHE}: {', '.join(path.name for path in doomed)}")
    if not options.yes and not ask("Delete them?"):
        raise Stop("nothing was deleted. Answer y, or call it with --yes.")
    stop_everything()
    with step("deleting"):
        for path in doomed:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return 0
