# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files are claimed once and never lost, in a folder and behind a real SFTP server."""

import os
import socket
import threading
from pathlib import Path

import paramiko
import pytest

from odoo.addons.oms_channels.connectors.file import sftp, transport
from odoo.addons.oms_channels.connectors.file.transport import FolderTransport
from odoo.addons.oms_channels.engine.errors import Misconfigured, Rejected

LATER = float("inf")
KEY = paramiko.ECDSAKey.generate()


class Login(paramiko.ServerInterface):
    def check_auth_password(self, username, password):
        good = (username, password) == ("shop", "secret")
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED


class Handle(paramiko.SFTPHandle):
    def stat(self):
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


class Disk(paramiko.SFTPServerInterface):
    """A folder of the test as what the server shows."""

    root = Path()

    def _at(self, path):
        return self.root / self.canonicalize(path).lstrip("/")

    def _try(self, action):
        try:
            return action() or paramiko.SFTP_OK
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def list_folder(self, path):
        def read():
            found = []
            for entry in self._at(path).iterdir():
                attributes = paramiko.SFTPAttributes.from_stat(entry.lstat())
                attributes.filename = entry.name
                found.append(attributes)
            return found

        try:
            return read()
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def stat(self, path):
        return self._try(
            lambda: paramiko.SFTPAttributes.from_stat(self._at(path).stat())
        )

    lstat = stat

    def open(self, path, flags, attr):
        try:
            descriptor = os.open(self._at(path), flags, 0o600)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        writes = flags & (os.O_WRONLY | os.O_RDWR)
        handle = Handle(flags)
        file = os.fdopen(descriptor, "r+b" if writes else "rb")
        handle.readfile = handle.writefile = file
        return handle

    def mkdir(self, path, attr):
        return self._try(self._at(path).mkdir)

    def posix_rename(self, oldpath, newpath):
        return self._try(lambda: os.replace(self._at(oldpath), self._at(newpath)))


@pytest.fixture
def server(tmp_path):
    """(port, known key) of an SFTP server whose root is the test's folder."""
    listener = socket.create_server(("127.0.0.1", 0))
    disk = type("Disk", (Disk,), {"root": tmp_path})
    open_ones = []

    def serve():
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            session = paramiko.Transport(connection)
            session.add_server_key(KEY)
            session.set_subsystem_handler("sftp", paramiko.SFTPServer, disk)
            session.start_server(server=Login())
            open_ones.append(session)

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1], f"{KEY.get_name()} {KEY.get_base64()}"
    listener.close()
    for session in open_ones:
        session.close()


def connect(server, **options):
    port, key = server
    values = {"user": "shop", "secret": "secret", "host_key": key, "folder": "shop"}
    return sftp.connect("127.0.0.1", port, **(values | options))


@pytest.fixture(params=["folder", "sftp"])
def files(request, tmp_path):
    base = tmp_path / "shop"
    base.mkdir()
    if request.param == "folder":
        opened = FolderTransport(str(tmp_path), "shop")
    else:
        opened = connect(request.getfixturevalue("server"))
    with opened:
        opened.prepare()
        yield opened


@pytest.fixture
def base(tmp_path):
    return tmp_path / "shop"


# === BOTH ===


def test_file_that_came_is_listed_claimed_and_read(files, base):
    (base / "in" / "a.csv").write_bytes(b"content")
    assert files.list_new(LATER) == ["a.csv"]
    assert (files.claim("a.csv"), files.get("a.csv")) == (True, b"content")


def test_file_is_claimed_once(files, base):
    (base / "in" / "a.csv").write_bytes(b"content")
    assert [files.claim("a.csv"), files.claim("a.csv")] == [True, False]


def test_claimed_file_is_found_after_a_crash(files, base):
    (base / "in" / "a.csv").write_bytes(b"content")
    files.claim("a.csv")
    assert (files.list_new(LATER), files.list_claimed()) == ([], ["a.csv"])


def test_finished_file_is_put_away(files, base):
    (base / "in" / "a.csv").write_bytes(b"content")
    files.claim("a.csv")
    files.finish("a.csv", "processed", "7-a.csv")
    assert (base / "processed" / "7-a.csv").read_bytes() == b"content"


def test_file_that_is_still_being_written_is_left_alone(files, base):
    (base / "in" / "a.csv").write_bytes(b"half")
    assert files.list_new((base / "in" / "a.csv").stat().st_mtime - 5) == []


@pytest.mark.parametrize("name", ["a.csv.part", ".hidden", "~lock", "b.TMP"])
def test_unfinished_names_are_left_alone(files, base, name):
    (base / "in" / name).write_bytes(b"half")
    assert files.list_new(LATER) == []


def test_written_file_has_its_name_when_it_is_whole(files, base):
    files.put("out", "answer.edi", b"UNA")
    assert [path.name for path in (base / "out").iterdir()] == ["answer.edi"]


def test_file_written_twice_is_one_file(files, base):
    files.put("out", "answer.edi", b"UNA")
    files.put("out", "answer.edi", b"UNA")
    assert (base / "out" / "answer.edi").read_bytes() == b"UNA"


@pytest.mark.parametrize("name", ["../a", "a/b", "..", "", "a\\b", "a\0b"])
def test_names_that_lead_elsewhere_are_refused(files, name):
    with pytest.raises(Rejected, match="no name"):
        files.put("out", name, b"x")


def test_link_is_no_file(files, base):
    (base / "in" / "a.csv").symlink_to("/etc/hostname")
    assert files.list_new(LATER) == []


def test_too_large_file_is_refused(files, base, monkeypatch):
    monkeypatch.setattr(transport, "LARGEST_FILE", 3)
    (base / "in" / "a.csv").write_bytes(b"content")
    files.claim("a.csv")
    with pytest.raises(Rejected, match="larger"):
        files.get("a.csv")


# === FOLDER ===


@pytest.mark.parametrize("folder", ["", ".", "..", "../other", "/etc", "a/../.."])
def test_folder_outside_of_the_root_is_refused(tmp_path, folder):
    with pytest.raises(Misconfigured, match="not below"):
        FolderTransport(str(tmp_path), folder)


def test_link_to_the_outside_is_no_folder(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (root / "shop").symlink_to(tmp_path)
    with pytest.raises(Misconfigured):
        FolderTransport(str(root), "shop")


# === SFTP ===


def test_unknown_server_is_refused_with_its_key(server):
    with pytest.raises(Misconfigured, match=KEY.get_base64()[:40].replace("+", r"\+")):
        connect(server, host_key="")


def test_server_with_another_key_is_refused(server):
    other = paramiko.ECDSAKey.generate()
    with pytest.raises(Misconfigured, match="not the one"):
        connect(server, host_key=f"{other.get_name()} {other.get_base64()}")


def test_wrong_password_is_told_and_not_shown(server):
    with pytest.raises(Misconfigured) as caught:
        connect(server, secret="wrong-one")
    assert "wrong-one" not in str(caught.value)
