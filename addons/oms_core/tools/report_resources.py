# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Style sheets, fonts and pictures of a report, without a request to the server.

A worker that asked its own server for them while it prints would wait for rows of
its own transaction, or for itself when there is one worker.
"""

import base64
import logging
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from odoo import api
from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.image import image_guess_size_from_field_name, image_process
from odoo.tools.mimetypes import guess_mimetype

_logger = logging.getLogger(__name__)

STATIC_TYPES = {
    ".css": "text/css",
    ".eot": "application/vnd.ms-fontobject",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_SIZE = "<int:width>x<int:height>"
_RECORDS = (
    "<int:id>",
    "<int:id>-<unique>",
    "<xmlid>",
    "<model>/<int:id>/<field>",
)
_ROUTES = Map(
    [
        Rule("/web/assets/<unique>/<filename>", endpoint="asset"),
        Rule("/report/barcode", endpoint="barcode"),
        Rule("/report/barcode/<barcode_type>/<path:value>", endpoint="barcode"),
        Rule("/logo", endpoint="logo"),
        Rule("/logo.png", endpoint="logo"),
        Rule("/web/binary/company_logo", endpoint="logo"),
        *(
            Rule(f"/web/{kind}{record}{size}{name}", endpoint="image")
            for kind in ("image", "content")
            for record in ("", *(f"/{record}" for record in _RECORDS))
            for size in ("", f"/{_SIZE}")
            for name in ("", "/<filename>")
            if record or not (size or name)
        ),
    ]
).bind("")


class ReportResources:
    """What the routes of the same name serve, read with the rights of ``env``."""

    def __init__(self, env: api.Environment, base_url: str):
        self.env = env
        self.base_url = base_url.rstrip("/")
        self._known: dict[str, tuple[str, bytes] | None] = {}

    def get(self, url: str) -> tuple[str, bytes] | None:
        """(content type, bytes) of a URL below the base URL, None for any other."""
        if not url.startswith(self.base_url + "/"):
            return None
        if url not in self._known:
            self._known[url] = self._find(url)
        return self._known[url]

    def _find(self, url: str) -> tuple[str, bytes] | None:
        parts = urlsplit(url)
        path = unquote(parts.path)
        if path.split("/")[2:3] == ["static"]:
            return self._get_static(path)
        try:
            endpoint, values = _ROUTES.match(path)
            query = dict(parse_qsl(parts.query))
            return getattr(self, f"_get_{endpoint}")(**(query | values))
        except (HTTPException, UserError, OSError, TypeError, ValueError) as error:
            # a picture that cannot be had is no reason not to print
            _logger.info("A report asked for %.200s: %s", path, error)
            return None

    def _get_static(self, path: str) -> tuple[str, bytes] | None:
        extension = "." + path.rpartition(".")[2].lower()
        if extension not in STATIC_TYPES:
            return None
        try:
            with file_open(path.lstrip("/"), "rb", filter_ext=(extension,)) as file:
                return STATIC_TYPES[extension], file.read()
        except (OSError, ValueError):
            return None

    def _get_asset(self, unique: str, filename: str) -> tuple[str, bytes] | None:
        """The newest version of the bundle: its style sheet is made if need be."""
        debug = unique == "debug"
        bundle, rtl, kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(
            filename, debug
        )
        if kind != "css":
            return None
        assets = self.env["ir.qweb"]._get_asset_bundle(
            bundle, css=True, js=False, rtl=rtl, autoprefix=autoprefix
        )
        if not assets.stylesheets:
            return None
        return "text/css", assets.css().sudo().raw  # public, as the route serves it

    def _get_barcode(self, barcode_type: str, value: str, **options: str):
        options.pop("type", None)
        report = self.env["ir.actions.report"]
        return "image/png", report.barcode(barcode_type, value, **options)

    def _get_logo(self, company: str | None = None, **_ignored: str):
        companies = self.env["res.company"]
        company = companies.browse(int(company)) if company else self.env.company
        logo = company.sudo().logo_web  # public: the login page shows it
        return self._picture(base64.b64decode(logo)) if logo else None

    def _get_image(
        self,
        xmlid=None,
        model="ir.attachment",
        id=None,
        field="raw",
        width=0,
        height=0,
        crop=False,
        access_token=None,
        **_ignored,
    ):
        # ir.binary checks the rights; its streams only work within a request
        record = self.env["ir.binary"]._find_record(
            xmlid, model, id and int(id), access_token, field=field
        )
        if field not in record._fields or record._fields[field].type != "binary":
            return None
        content = record[field] or b""
        if field != "raw":
            content = base64.b64decode(content)
        size = (int(width), int(height))
        if size == (0, 0):
            size = image_guess_size_from_field_name(field)
        return self._picture(image_process(content, size=size, crop=bool(crop)))

    def _picture(self, content: bytes) -> tuple[str, bytes] | None:
        mimetype = guess_mimetype(content, default="")
        return (mimetype, content) if mimetype.startswith("image/") else None
