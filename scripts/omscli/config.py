# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The configuration files of the private clusters, and the key for secrets."""

import base64
import os
import secrets
from pathlib import Path

from .paths import ADDONS, CACHE, ROOT, TEST_ADDONS
from .postgres import Cluster

HEAD = "; Written by ./oms setup, and written anew by it: do not edit.\n"
# Calls home and in-app purchases have no business in a demo or a test.
NOWHERE = "http://127.0.0.1:9"
# Of the checkout: those that share a cache run at the same time, each with its addons.
CONFIGS = ROOT / ".odoo"


def config_path(kind: str) -> Path:
    return CONFIGS / f"{kind}.conf"


def write_configs(odoo_addons: list[Path]) -> None:
    CONFIGS.mkdir(exist_ok=True)
    for kind, addons in (("dev", [ADDONS]), ("test", [ADDONS, TEST_ADDONS])):
        path = config_path(kind)
        text = _config(kind, [*odoo_addons, *filter(Path.is_dir, addons)])
        if not path.is_file() or path.read_text() != text:
            path.touch(mode=0o600)
            path.write_text(text)


def _config(kind: str, addons: list[Path]) -> str:
    options = {
        "addons_path": ",".join(map(str, addons)),
        "data_dir": CACHE / f"data-{kind}",
        "db_host": Cluster(kind).socket_folder,
        "db_port": 5432,
        "db_user": "odoo",
        "server_wide_modules": "base,web,queue_job",
        "http_interface": "127.0.0.1",
        "list_db": False,
        "workers": 0,
        "max_cron_threads": 1,
        "publisher_warranty_url": f"{NOWHERE}/publisher-warranty/",
        "oms_secret_key": secret_key(),
        # Odoo warns of each option that is not its own, such as the one above
        "log_handler": "odoo.tools.config:ERROR",
    }
    lines = "".join(f"{name} = {value}\n" for name, value in options.items())
    return f"{HEAD}[options]\n{lines}\n[queue_job]\nchannels = root:2\n"


def secret_key() -> str:
    """Encrypts the channels' secrets in the databases here; made once, kept."""
    path = CACHE / "secret.key"
    if not path.is_file():
        key = base64.urlsafe_b64encode(secrets.token_bytes(32))
        fresh = path.with_name(f".secret.key.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(key)
        fresh.replace(path)
    return path.read_text()
