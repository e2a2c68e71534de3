# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files behind SFTP. The server must show the key that the channel knows."""

import base64
import hashlib
import io
import posixpath
import socket
import stat
from typing import Any

import paramiko

from ...engine.errors import ChannelError, Misconfigured, Retry
from .transport import FOLDERS, LARGEST_FILE, Transport, check_size

SILENCE = 20.0


class SftpTransport(Transport):
    """One connection; closed by ``with``."""

    def __init__(self, client: Any, connection: Any, folder: str):
        self.client, self.connection, self.base = client, connection, folder or "."

    def close(self) -> None:
        self.client.close()
        self.connection.close()

    def prepare(self) -> None:
        for name in FOLDERS:
            path = self._path(name)
            with _Explained(path):
                try:
                    self.client.stat(path)
                except FileNotFoundError:
                    self.client.mkdir(path)

    def _path(self, *names: str) -> str:
        return posixpath.join(self.base, *names)

    def _list(self, folder: str) -> list[tuple[str, float, bool]]:
        with _Explained(folder):
            entries = self.client.listdir_attr(self._path(folder))
        return [
            (
                entry.filename,
                float(entry.st_mtime or 0),
                stat.S_ISREG(entry.st_mode or 0),
            )
            for entry in entries
        ]

    def _read(self, folder: str, name: str) -> bytes:
        path = self._path(folder, name)
        with _Explained(name):
            check_size(name, self.client.lstat(path).st_size or 0)
            with self.client.open(path, "rb") as file:
                content: bytes = file.read(LARGEST_FILE)
                return content

    def _write(self, folder: str, name: str, content: bytes) -> None:
        with _Explained(name):
            stream = io.BytesIO(content)
            self.client.putfo(stream, self._path(folder, name), confirm=True)

    def _move(self, folder: str, name: str, target: str, new_name: str) -> bool:
        source, path = self._path(folder, name), self._path(target, new_name)
        with _Explained(name):
            try:
                self.client.posix_rename(source, path)
            except FileNotFoundError:
                return False
        return True


def connect(
    host: str, port: int, user: str, secret: str, host_key: str, folder: str
) -> SftpTransport:
    """
    :param secret: a password, or a private key in PEM form
    :param host_key: as ``known_hosts`` has it: ssh-ed25519 AAAA…
    :raise ChannelError: by who can do something about it
    """
    try:
        sock = socket.create_connection((host, port), timeout=SILENCE)
    except OSError as error:
        raise Retry(f"{host}:{port} cannot be reached ({error}).") from None
    transport = paramiko.Transport(sock)
    try:
        transport.banner_timeout = transport.auth_timeout = SILENCE
        transport.start_client(timeout=SILENCE)
        _check_host_key(host, transport.get_remote_server_key(), host_key)
        _log_in(transport, host, user, secret)
        client = paramiko.SFTPClient.from_transport(transport)
        if client is None:
            raise Misconfigured(f"{host} offers no SFTP.", field="sftp_host")
        client.get_channel().settimeout(SILENCE)
    except ChannelError:
        transport.close()
        raise
    except (paramiko.SSHException, OSError, EOFError) as error:
        transport.close()
        raise Retry(f"{host} broke off: {error}") from None
    return SftpTransport(client, transport, folder)


def _check_host_key(host: str, key: Any, expected: str) -> None:
    """Without it, anybody between could pose as the server."""
    parts = expected.split()
    if [key.get_name(), key.get_base64()] in [parts[n : n + 2] for n in range(2)]:
        return
    shown = f"{key.get_name()} {key.get_base64()}"
    digest = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode()
    problem = "is not the one that is entered" if parts else "is not known here"
    raise Misconfigured(
        f"The key of {host} {problem}. It shows {shown} (SHA256:{digest.rstrip('=')}): "
        "compare it with what the server's owner says, and enter it as host key.",
        field="sftp_host_key",
    )


def _log_in(transport: Any, host: str, user: str, secret: str) -> None:
    try:
        if secret.lstrip().startswith("-----BEGIN"):
            transport.auth_publickey(user, _read_key(secret))
        else:
            transport.auth_password(user, secret)
    except paramiko.AuthenticationException:
        raise Misconfigured(
            f"{host} does not accept user {user} with this password or key: enter "
            "valid ones.",
            field="sftp_user",
        ) from None


def _read_key(text: str) -> Any:
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(io.StringIO(text))
        except (paramiko.SSHException, ValueError, IndexError):  # noqa: PERF203
            continue
    raise Misconfigured(
        "The private key cannot be read: give an Ed25519, ECDSA or RSA key in PEM form "
        "without a passphrase.",
        field="api_token",
    )


class _Explained:
    """Turns what the server says into a sentence."""

    def __init__(self, what: str):
        self.what = what

    def __enter__(self):
        return self

    def __exit__(self, _kind, error, _trace):
        if isinstance(error, PermissionError):
            raise Misconfigured(
                f"{self.what}: the SFTP server permits no access. Have its owner give "
                "the user the right to read and write there.",
                field="sftp_user",
            ) from None
        if isinstance(error, OSError | EOFError | paramiko.SSHException):
            raise Retry(f"{self.what}: {error or 'the server broke off'}") from None
        return False
