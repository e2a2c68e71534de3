# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo in several processes on a database of its own, both of which may be killed."""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPException
from pathlib import Path

import psycopg2

from omscli import processes
from omscli.config import config_path
from omscli.databases import Databases
from omscli.paths import LOGS, ODOO, PYTHON, ROOT
from omscli.postgres import Cluster

LOG = LOGS / "soak.log"
ALL_AT_ONCE = 5
TIMEOUT = 120
TRIES = 10
# The server is on this machine: no proxy stands between.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
# What the channels do by the minute is asked for here whenever it is to happen.
CRONS = (
    "oms_channels.ir_cron_fetch_orders",
    "oms_channels.ir_cron_process_messages",
    "oms_channels.ir_cron_push_stock",
)
CATALOGUE = ("oms_channels.ir_cron_read_catalogue",)


class Refused(Exception):
    """Odoo says no."""


# Not reached, killed in the middle, or refused: who asked asks again, as people do.
UNREACHABLE = (OSError, HTTPException, ValueError, psycopg2.Error, Refused)


class Server:
    """One Odoo. The database cluster is its own: nobody else's work may crash."""

    def __init__(self, template: str, folder: Path, workers: int):
        self.template, self.folder, self.workers = template, folder, workers
        self.cluster = Cluster("soak")
        self.database = f"soak_{os.getpid()}"
        self.port = processes.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None
        self.kills = 0

    # === LIFE ===

    @contextlib.contextmanager
    def prepared(self) -> Iterator["Server"]:
        """The database is there; nothing runs on it yet."""
        with self.cluster.in_use():
            try:
                self._copy_database()
                self._write_config()
                LOG.unlink(missing_ok=True)
                yield self
            finally:
                if self.process:
                    processes.terminate(self.process, 20)
                self.cluster.run("dropdb", "--if-exists", "--force", self.database)
                shutil.rmtree(self._filestore, ignore_errors=True)

    @property
    def _filestore(self) -> Path:
        return Databases(Cluster("test")).filestores / self.database

    def _copy_database(self) -> None:
        databases = Databases(self.cluster)
        if not databases.exists(self.template):
            self._fetch_template(databases)
        self._run("createdb", "-T", self.template, self.database)
        source = self._filestore.with_name(self.template)
        if source.is_dir():
            shutil.copytree(source, self._filestore, copy_function=os.link)

    def _fetch_template(self, databases: Databases) -> None:
        """Copied between clusters once, and kept for the next time."""
        for old in databases.names():
            if old.startswith("project_"):
                databases.drop(old)
        dump, new = self.folder / "database.dump", f"{self.database}_new"
        made = Cluster("test").run("pg_dump", "-Fc", "-f", str(dump), self.template)
        assert not made.returncode, made.stderr
        self._run("createdb", new)
        self._run("pg_restore", "-j2", "--no-owner", "-d", new, str(dump))
        self._run(
            *("psql", "-d", "postgres", "-c"),
            f'ALTER DATABASE "{new}" RENAME TO "{self.template}"',
        )

    def _run(self, *command: str) -> None:
        done = self.cluster.run(*command)
        assert not done.returncode, done.stderr[-2000:]

    def _write_config(self) -> None:
        text = config_path("test").read_text()
        ours = f"{ROOT / 'addons'},{ROOT / 'tests' / 'addons'}"
        changes = {
            r"(addons_path = [^,\n]*)[^\n]*": rf"\1,{ours}",
            r"db_host = .*": f"db_host = {self.cluster.socket_folder}",
            r"workers = .*": f"workers = {self.workers}",
            r"channels = .*": "channels = root:2",
        }
        for pattern, value in changes.items():
            text = re.sub(pattern, value, text)
        self.config = self.folder / "soak.conf"
        self.config.touch(mode=0o600)
        self.config.write_text(text)

    def start(self) -> None:
        command = [PYTHON, ODOO, "-c", self.config, "-d", self.database]
        self.process = processes.start(
            [*command, "--http-port", self.port], LOG, env=self.cluster.variables
        )
        processes.wait_until_answers(
            f"{self.url}/web/health", self.process, "Odoo", LOG
        )

    def is_gone(self) -> bool:
        """It was killed, or it has given up with its database."""
        return self.process.poll() is not None

    # === ASKING ===

    def query(self, sql: str, values: Sequence | Mapping = ()) -> list[tuple]:
        """Rows of the database, past Odoo; what it has written is committed."""
        with (
            contextlib.closing(
                psycopg2.connect(
                    host=self.cluster.socket_folder,
                    port=5432,
                    user="odoo",
                    dbname=self.database,
                )
            ) as connection,
            connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def call(self, model: str, method: str, *arguments, **options):
        """As a person would do it, by a request.

        :raise Refused: with Odoo's words
        """
        words = [self.database, 2, "admin", model, method, list(arguments), options]
        call = {"service": "object", "method": "execute_kw", "args": words}
        request = urllib.request.Request(
            f"{self.url}/jsonrpc",
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": call}).encode(),
            {"Content-Type": "application/json"},
        )
        with OPENER.open(request, timeout=TIMEOUT) as answer:
            said = json.load(answer)
        if "error" in said:
            raise Refused(said["error"]["data"]["message"])
        return said.get("result")

    def tick(self, names: Sequence[str] = CRONS) -> None:
        """The scheduler's minute, now."""
        rows = self.query(
            "SELECT res_id FROM ir_model_data WHERE model = 'ir.cron'"
            " AND module || '.' || name IN %s ORDER BY name",
            (tuple(names),),
        )
        for (cron,) in rows:
            self._trigger(cron)

    def _trigger(self, cron: int) -> None:
        """Refused while the scheduler runs it, which is soon over."""
        for _try in range(TRIES):
            with contextlib.suppress(Refused):
                self.call("ir.cron", "method_direct_trigger", [cron])
                return
            time.sleep(1.0)
        raise Refused(f"cron {cron} is always running")

    # === KILLING ===

    def kill(self, chance: random.Random) -> None:
        """Any of its processes, and every so often all of them at once."""
        children = self._list_children()
        self.kills += 1
        if self.kills % ALL_AT_ONCE == 0 or not children:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            for child in children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        else:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)

    def _list_children(self) -> list[int]:
        return [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/stat")
            if _read_parent(path) == self.process.pid
        ]


def _read_parent(path: Path) -> int:
    try:
        return int(path.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0
