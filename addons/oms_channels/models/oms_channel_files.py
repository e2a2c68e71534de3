# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import time

from odoo import api, fields, models
from odoo.tools import SQL, config

from ..connectors.file import sftp
from ..connectors.file.transport import (
    PROCESSED,
    REJECTED,
    FolderTransport,
    check_name,
)
from ..engine.errors import ChannelError, Misconfigured, Rejected

OPTION, VARIABLE = "oms_files_root", "OMS_FILES_ROOT"
# A file that is still being written grows: it is left alone this long.
QUIET_SECONDS = 5
MOST_FILES = 200
LOCK = 7_340_231  # any number that no other advisory lock has


class OmsChannel(models.Model):
    """Files that are fetched: from a watched folder, or over SFTP."""

    _inherit = "oms.channel"

    file_source = fields.Selection(
        [("folder", "Folder of this server"), ("sftp", "SFTP")],
        "Fetched From",
        help="Besides uploads. Looked at every minute: in, out, processed and rejected "
        "are folders there.",
    )
    file_folder = fields.Char(
        "Folder",
        help="A name below the folder that the server's configuration allows "
        "(oms_files_root); with SFTP the folder there.",
    )
    sftp_host = fields.Char("SFTP Server")
    sftp_port = fields.Integer("SFTP Port", default=22)
    sftp_user = fields.Char("SFTP User")
    sftp_host_key = fields.Char(
        "Host Key",
        help="The server's public key, as ssh-ed25519 AAAA…; Test connection shows "
        "what it is, to be compared.",
    )
    file_format_ids = fields.One2many("oms.file.format", "channel_id", "Formats")
    file_ids = fields.One2many("oms.channel.file", "channel_id", "Files")

    # === TRANSPORT ===

    def _open_files(self):
        """The place where files are, to be used by ``with``.

        :raise ChannelError: if it cannot be reached
        """
        self.ensure_one()
        if self.file_source == "sftp":
            if not (self.sftp_host and self.sftp_user):
                raise Misconfigured(
                    self.env._("Enter the SFTP server and its user."), field="sftp_host"
                )
            return sftp.connect(
                self.sftp_host,
                self.sftp_port or 22,
                self.sftp_user,
                self._get_secret("api_token"),
                self.sftp_host_key or "",
                self.file_folder or "",
            )
        root = os.environ.get(VARIABLE) or config.get(OPTION)
        if not root:
            raise Misconfigured(
                self.env._(
                    "This server watches no folders: ask its administrator to set "
                    "%(option)s in Odoo's configuration file to the folder below which "
                    "channels have theirs.",
                    option=OPTION,
                ),
                field="file_folder",
            )
        return FolderTransport(root, self.file_folder or "")

    # === COLLECT ===

    @api.model
    def _cron_collect_files(self):
        for channel in self.search([("file_source", "!=", False)]):
            channel._delay_collecting()

    def _delay_collecting(self):
        self.with_delay(
            identity_key=f"oms:files:{self.id}",
            description=f"OMS: {self.name}: collect files",
            channel="root.oms",
        )._collect_files()

    def action_collect_files(self):
        self.ensure_one()
        self._collect_files()

    def _collect_files(self):
        """Claim and store what is there; put away what is finished.

        Nothing leaves ``processing`` before an earlier transaction has written down
        what became of it.
        """
        self.ensure_one()
        if not self._lock_files():
            return 0
        try:
            with self._open_files() as files:
                files.prepare()
                count = self._take_files(files)
        except ChannelError as error:
            self.last_error = str(error)
            return 0
        self.last_error = False
        if count:
            self._delay_importing()
        return count

    def _lock_files(self):
        """Whether nobody else collects for this channel; until the transaction ends."""
        self.env.cr.execute(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, self.id)
        )
        return self.env.cr.fetchone()[0]

    def _take_files(self, files):
        """Files stored and not imported yet."""
        names = files.list_claimed()
        for name in files.list_new(time.time() - QUIET_SECONDS)[:MOST_FILES]:
            if name not in names and files.claim(name):
                names.append(name)
        stored = self.env["oms.channel.file"]
        for name in names:
            stored |= self._take_file(files, name)
        return len(stored)

    def _take_file(self, files, name):
        """Store a claimed file, or put it away if it is finished."""
        stored = self.env["oms.channel.file"]
        try:
            file = stored._store_content(self, name, files.get(name))
        except Rejected as error:
            file = stored._find(self, f"name:{name}")
            if not file:
                stored._store_refused(self, name, error)
                return stored
        if file.state == "new":
            return file
        # An earlier transaction has written down what became of it.
        folder = REJECTED if file.state == "rejected" else PROCESSED
        if file.rejects:
            refused = check_name(f"{file.id}-{file.rejects_name}")
            files.put(REJECTED, refused, file._get_bytes("rejects"))
        files.finish(name, folder, f"{file.id}-{name}")
        return stored

    # === IMPORT ===

    def _delay_importing(self):
        self.with_delay(
            identity_key=f"oms:import_files:{self.id}",
            description=f"OMS: {self.name}: import files",
            channel="root.oms",
        )._import_files()

    def _import_files(self):
        """Import the oldest file that waits; ask for the next one after it."""
        self.ensure_one()
        self.env["oms.channel.file"].flush_model(["channel_id", "state", "direction"])
        self.env.cr.execute(
            SQL(
                "SELECT id FROM oms_channel_file WHERE channel_id = %s "
                "AND state = 'new' AND direction = 'in' "
                "ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
                self.id,
            )
        )
        file = self.env["oms.channel.file"].browse(
            [r[0] for r in self.env.cr.fetchall()]
        )
        file._import()
        if file:
            self._delay_importing()
        elif self.file_source:
            self._delay_collecting()
        return len(file)
