# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases and the filestore folders that belong to them."""

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .config import NOWHERE
from .console import Stop
from .paths import CACHE
from .postgres import Cluster

# System parameters with the address of a paid service.
CALLS_HOME = (
    "enrich.endpoint",
    "iap.endpoint",
    "iap.partner_autocomplete.endpoint",
    "reveal.endpoint",
    "sms.endpoint",
    "snailmail.endpoint",
)


class Databases:
    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.filestores = CACHE / f"data-{cluster.kind}" / "filestore"

    def query(self, sql: str, database: str = "postgres") -> list[str]:
        """Rows of one column."""
        result = self.cluster.run(
            "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql
        )
        if result.returncode:
            raise Stop(f"PostgreSQL refused `{sql}`: {result.stderr.strip()}")
        return result.stdout.splitlines()

    def names(self) -> list[str]:
        return self.query("SELECT datname FROM pg_database WHERE NOT datistemplate")

    def exists(self, name: str) -> bool:
        return name in self.names()

    def size(self, name: str) -> str:
        sql = (
            "SELECT datname || ' ' || pg_size_pretty(pg_database_size(oid))"
            " FROM pg_database WHERE NOT datistemplate"
        )
        return dict(row.split(" ", 1) for row in self.query(sql)).get(name, "")

    def note(self, name: str) -> dict[str, Any]:
        """What `set_note` wrote; empty for a database that was never finished."""
        rows = self.query(
            "SELECT datname || ' ' || shobj_description(oid, 'pg_database')"
            " FROM pg_database"
        )
        notes = dict(row.split(" ", 1) for row in rows if " " in row)
        try:
            return json.loads(notes.get(name, "{}"))
        except ValueError:
            return {}

    def set_note(self, name: str, note: dict[str, Any]) -> None:
        """Kept as the database's comment, so that it lives and dies with it."""
        text = json.dumps(note).replace("'", "''")
        self.query(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")

    def keep_quiet(self, name: str) -> None:
        """Points what would call home, or sell something, at where nobody listens."""
        rows = ", ".join(f"('{key}', '{NOWHERE}')" for key in CALLS_HOME)
        upsert = f"""
            INSERT INTO ir_config_parameter (key, value) VALUES {rows}
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """  # noqa: S608 - constants of this module
        self.query(upsert, name)
        self.query(
            "UPDATE ir_cron SET active = false WHERE id IN ("
            " SELECT res_id FROM ir_model_data WHERE module = 'mail'"
            " AND name = 'ir_cron_module_update_notification')",
            name,
        )

    def clone(self, template: str, name: str) -> None:
        """Copies a database nobody is connected to; its files are shared by links."""
        result = self.cluster.run("createdb", "-T", template, name)
        if result.returncode:
            raise Stop(
                f"The database {template} could not be copied: {result.stderr.strip()}"
            )
        source = self.filestores / template
        if source.is_dir():
            shutil.copytree(source, self.filestores / name, copy_function=_link)

    def rename(self, old: str, new: str) -> None:
        self.drop(new)
        if (self.filestores / old).is_dir():
            (self.filestores / old).rename(self.filestores / new)
        self.query(f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def drop(self, name: str) -> None:
        result = self.cluster.run("dropdb", "--if-exists", "--force", name)
        if result.returncode:
            raise Stop(f"{name} could not be deleted: {result.stderr.strip()}")
        shutil.rmtree(self.filestores / name, ignore_errors=True)

    @contextlib.contextmanager
    def temporary(self, template: str, purpose: str) -> Iterator[str]:
        """A copy that goes when its process does, or when the next one looks."""
        self.sweep()
        name = f"{purpose}_{os.getpid()}"
        self.drop(name)
        self.clone(template, name)
        try:
            yield name
        finally:
            self.drop(name)

    def sweep(self) -> list[str]:
        """Drops the copies that a process left which is no more."""
        left = [
            name
            for name in self.names()
            if (match := re.fullmatch(r"(?:run|e2e|bench|pot)_(\d+)(?:-gw\d+)?", name))
            and not Path("/proc", match[1]).exists()
        ]
        for name in left:
            self.drop(name)
        return left


def _link(source: str, target: str) -> None:
    # Odoo names a file after its content and never writes into it again
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
