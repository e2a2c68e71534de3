# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Asks for the first pages as a browser would, so that nobody waits for them later.

Odoo compiles a page's scripts and styles when they are first asked for, which takes
longer than anything else a newcomer would see.
"""

import contextlib
import http.client
import http.cookiejar
import re
import urllib.parse
import urllib.request

ASSET = re.compile(r'"(/web/assets/[^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SECONDS = 120


def visit(url: str, login: str, password: str) -> None:
    """Fetches the login page and the web client; what fails will be told elsewhere."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
    )
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        page = _page(opener, f"{url}/web/login", url)
        token = TOKEN.search(page)
        form = {"login": login, "password": password, "redirect": "/odoo"}
        form["csrf_token"] = token[1] if token else ""
        data = urllib.parse.urlencode(form).encode()
        _page(opener, f"{url}/web/login", url, data)


def _page(
    opener: urllib.request.OpenerDirector,
    page: str,
    url: str,
    data: bytes | None = None,
) -> str:
    with opener.open(page, data, timeout=SECONDS) as response:
        text = response.read().decode()
    for asset in dict.fromkeys(ASSET.findall(text)):
        with opener.open(f"{url}{asset}", timeout=SECONDS) as response:
            response.read()
    return text
