# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Print HTML to PDF with a headless Chromium of its own, without any network.

The browser is driven by the DevTools protocol over a pair of pipes: no port is
opened, and a browser whose parent dies sees the end of its pipe and leaves too.
Every request of a page is answered by the caller's ``fetch``; what that does not
know is refused, so a report reaches neither a host nor a file of the server.
"""

import base64
import itertools
import json
import logging
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from typing import Self

from .page import Page

_logger = logging.getLogger(__name__)

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    # containers give /dev/shm 64 MB, a long report needs more
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--metrics-recording-only",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--password-store=basic",
    "--use-mock-keychain",
)
# The protocol is spoken on descriptors 3 and 4.  A worker of Odoo limits its own
# address space and CPU seconds; a browser reserves far more space than it uses.
LAUNCH = """
ulimit -S -v "$(ulimit -H -v)" 2>/dev/null
ulimit -S -t "$(ulimit -H -t)" 2>/dev/null
exec "$@" 3<&0 4>&1 </dev/null >/dev/null
"""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src * data:; font-src * data:; "
    "style-src * data: 'unsafe-inline'"
)

Fetch = Callable[[str], tuple[str, bytes] | None]


class ChromiumError(Exception):
    """The browser did not print; the message says why."""


class ChromiumMissing(ChromiumError):
    """No browser is installed."""


class ChromiumTimeout(ChromiumError):
    """The browser was ended because it took too long."""


def find_browser() -> str | None:
    """Path of the browser to print with, if there is one.

    The environment variable ``OMS_CHROMIUM`` names another than those on PATH.
    """
    names = (os.environ["OMS_CHROMIUM"],) if "OMS_CHROMIUM" in os.environ else BROWSERS
    return next(filter(None, map(shutil.which, names)), None)


class Chromium:
    """One run of the browser: ``with Chromium(...) as browser: browser.print_pdf()``.

    :param origin: URL under which the printed documents live
    :param fetch: answers a URL with (content type, bytes), or None to refuse it
    :param seconds: the browser is ended when it has run that long
    """

    def __init__(
        self, *, origin: str, fetch: Fetch, seconds: float, binary: str | None = None
    ):
        self.binary = binary or find_browser()
        if not self.binary:
            raise ChromiumMissing("no Chromium or Chrome on this server")
        self.document_url = origin.rstrip("/") + "/"
        self.fetch = fetch
        self.seconds = seconds
        self._ids = itertools.count(1)
        self._buffer = bytearray()
        self._document = b""
        self._loaded = False
        self._timed_out = False
        self._session: str | None = None

    # === LIFE ===

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(
            prefix="oms-chromium-", ignore_cleanup_errors=True
        )
        self._log = open(os.path.join(self._folder.name, "stderr"), "w+b")
        try:
            self._process = subprocess.Popen(  # noqa: S603  nothing of a user in it
                ["/bin/sh", "-c", LAUNCH, "chromium", self.binary, *self._flags()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env=self._environment(),
                start_new_session=True,
            )
        except OSError:
            self._clean()
            raise
        # the one clock: whatever is being waited for, ends when the browser does
        self._timer = threading.Timer(self.seconds, self._end_late)
        self._timer.daemon = True
        self._timer.start()
        try:
            self._open_page()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exc: object) -> None:
        self._timer.cancel()
        self._kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
        self._clean()

    def _flags(self) -> list[str]:
        flags = [*FLAGS, f"--user-data-dir={self._folder.name}/profile"]
        if os.geteuid() == 0:
            # Chromium refuses to start its sandbox as root
            flags.append("--no-sandbox")
        return [*flags, *shlex.split(os.environ.get("OMS_CHROMIUM_FLAGS", ""))]

    def _environment(self) -> dict[str, str]:
        """What a browser needs, and none of the server's secrets."""
        keep = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "TZ")
        inherited = {name: os.environ[name] for name in keep if name in os.environ}
        return inherited | {"HOME": self._folder.name, "TMPDIR": self._folder.name}

    def _end_late(self) -> None:
        self._timed_out = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _clean(self) -> None:
        self._log.close()
        self._folder.cleanup()

    # === PRINT ===

    def print_pdf(self, html: str, page: Page) -> bytes:
        """The document as PDF, once its pictures and fonts are there."""
        self._document, self._loaded = html.encode(), False
        answer = self._call("Page.navigate", url=self.document_url)
        if answer.get("errorText"):
            raise ChromiumError(answer["errorText"])
        while not self._loaded:
            self._receive()
        self._call(
            "Runtime.evaluate",
            expression="document.fonts.ready.then(() => true)",
            awaitPromise=True,
        )
        printed = self._call("Page.printToPDF", **page.print_options())
        return base64.b64decode(printed["data"])

    def _open_page(self) -> None:
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._call("Page.enable")
        self._call("Fetch.enable", patterns=[{"urlPattern": "*"}])

    def _answer_request(self, event: dict) -> None:
        url, request = event["request"]["url"], event["requestId"]
        if event.get("resourceType") == "Document":
            known = url == self.document_url
            answer = ("text/html; charset=utf-8", self._document) if known else None
        else:
            answer = self.fetch(url)
        if answer is None:
            _logger.info("A report asked for %.200s: refused", url)
            self._send(
                "Fetch.failRequest", requestId=request, errorReason="BlockedByClient"
            )
            return
        content_type, content = answer
        headers = {
            "Content-Type": content_type,
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "Access-Control-Allow-Origin": "*",
        }
        self._send(
            "Fetch.fulfillRequest",
            requestId=request,
            responseCode=200,
            responseHeaders=[{"name": n, "value": v} for n, v in headers.items()],
            body=base64.b64encode(content).decode(),
        )

    # === PROTOCOL ===

    def _call(self, method: str, **params: object) -> dict:
        number = self._send(method, **params)
        while True:
            message = self._receive()
            if message.get("id") != number:
                continue
            if "error" in message:
                raise ChromiumError(f"{method}: {message['error'].get('message')}")
            return message["result"]

    def _send(self, method: str, **params: object) -> int:
        number = next(self._ids)
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\0")
            self._process.stdin.flush()
        except OSError as error:
            raise self._ended() from error
        return number

    def _receive(self) -> dict:
        """The browser's next message; its questions are answered on the way."""
        while (end := self._buffer.find(b"\0")) < 0:
            chunk = os.read(self._process.stdout.fileno(), 1 << 20)
            if not chunk:
                raise self._ended()
            self._buffer += chunk
        message = json.loads(self._buffer[:end])
        del self._buffer[: end + 1]
        match message.get("method"):
            case "Fetch.requestPaused":
                self._answer_request(message["params"])
            case "Page.loadEventFired":
                self._loaded = True
            case "Inspector.targetCrashed":
                raise ChromiumError("the page crashed (out of memory?)")
        return message

    def _ended(self) -> ChromiumError:
        if self._timed_out:
            return ChromiumTimeout(f"stopped after {self.seconds:g} seconds")
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return ChromiumError("the browser ended: " + " | ".join(lines[-3:]))
