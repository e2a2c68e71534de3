# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import os
import pathlib
import stat
import tempfile
from unittest import skipUnless
from unittest.mock import patch

import psutil

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.base.models import ir_actions_report as base_report

from ..models import ir_actions_report
from ..tools.chromium import Chromium, ChromiumError, find_browser
from ..tools.page import Page
from ..tools.report_resources import ReportResources

BASE_URL = "http://oms.example"
NEEDS_BROWSER = skipUnless(find_browser(), "no Chromium to print with")


def read_pages(pdf):
    return [page.extract_text() for page in PdfFileReader(io.BytesIO(pdf)).pages]


@tagged("post_install", "-at_install")
class TestIrActionsReport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, force_report_rendering=True))
        cls.report = cls.env["ir.actions.report"]
        cls.env["ir.config_parameter"].set_param("report.url", BASE_URL)
        cls.parameters = cls.env["ir.config_parameter"]
        cls.paper = cls.env["report.paperformat"].create(
            {
                "name": "Test",
                "format": "A5",
                "orientation": "Portrait",
                "margin_top": 30,
                "margin_bottom": 20,
                "header_spacing": 25,
            }
        )
        cls.env.company.paperformat_id = cls.paper
        whole = base_report._wkhtml()._replace(state="install", is_patched_qt=False)
        cls.startClassPatcher(patch.object(base_report, "_wkhtml", lambda: whole))

    def _print(self, *bodies, header=(), footer=(), **options):
        layout = "<html><body class='container'><div id='%s'>%s</div></body></html>"
        return self.report._run_wkhtmltopdf(
            [f"<html><body class='container'>{body}</body></html>" for body in bodies],
            header=layout % ("minimal_layout_report_headers", "".join(header)),
            footer=layout % ("minimal_layout_report_footers", "".join(footer)),
            **options,
        )

    @NEEDS_BROWSER
    def test_text_is_searchable(self):
        (page,) = read_pages(self._print("<p>Größe 42 — naïve café €</p>"))
        self.assertIn("Größe 42 — naïve café €", page)

    @NEEDS_BROWSER
    def test_header_and_footer_are_on_every_page(self):
        pages = read_pages(
            self._print(
                "<p>first</p><p style='break-before: page'>second</p>",
                header=["<div class='header'>Acme Ltd</div>"],
                footer=[
                    "<div>Page <i class='page'></i> / <i class='topage'></i></div>"
                ],
            )
        )
        self.assertEqual(len(pages), 2)
        for number, page in enumerate(pages, start=1):
            self.assertIn("Acme Ltd", page)
            self.assertIn(f"Page {number} / 2", page)

    @NEEDS_BROWSER
    def test_each_document_has_its_own_header_and_page_numbers(self):
        pages = read_pages(
            self._print(
                "<p>one</p><p style='break-before: page'>one, on</p>",
                "<p>two</p>",
                header=["<div>for Ada</div>", "<div>for Bob</div>"],
                footer=["<div><b class='page'></b> of <b class='topage'></b></div>"]
                * 2,
            )
        )
        found = [
            ("Ada" in page, "Bob" in page, f"{n} of {total}" in page)
            for page, (n, total) in zip(pages, [(1, 2), (2, 2), (1, 1)], strict=True)
        ]
        self.assertEqual(
            found, [(True, False, True), (True, False, True), (False, True, True)]
        )

    @NEEDS_BROWSER
    def test_bookmarks_tell_where_each_document_starts(self):
        pdf = self._print(
            "<h1>Ada</h1><p style='break-before: page'>more</p>", "<h1>Bob</h1>"
        )
        root = PdfFileReader(io.BytesIO(pdf)).trailer["/Root"]
        first = root["/Outlines"]["/First"]
        found = [
            (node["/Title"], root["/Dests"][node["/Dest"]][0])
            for node in (first, first["/Next"])
        ]
        self.assertEqual(found, [("Ada", 0), ("Bob", 2)])

    @NEEDS_BROWSER
    def test_page_has_the_size_of_the_paper_format(self):
        for name, landscape, expected in (
            ("upright", False, (148, 210)),
            ("across", True, (210, 148)),
        ):
            with self.subTest(name):
                pdf = self._print("<p>x</p>", landscape=landscape)
                box = PdfFileReader(io.BytesIO(pdf)).pages[0]["/MediaBox"]
                found = [round(float(side) / 72 * 25.4) for side in box[2:]]
                self.assertEqual(tuple(found), expected)

    @NEEDS_BROWSER
    def test_scripts_do_not_run_and_files_of_the_server_are_not_shown(self):
        with tempfile.NamedTemporaryFile("w", suffix=".html") as secret:
            secret.write("<p>top secret</p>")
            secret.flush()
            pdf = self._print(
                f"<p>kept</p><iframe src='file://{secret.name}'></iframe>"
                "<script>document.body.textContent = 'changed'</script>"
            )
        text = " ".join(read_pages(pdf))
        self.assertIn("kept", text)
        self.assertNotIn("secret", text)
        self.assertNotIn("changed", text)

    @NEEDS_BROWSER
    def test_web_client_is_told_that_pdf_can_be_printed(self):
        self.assertEqual(self.report.get_wkhtmltopdf_state(), "ok")

    def test_patched_wkhtmltopdf_is_left_to_print(self):
        whole = base_report._wkhtml()._replace(state="ok", is_patched_qt=True)
        with patch.object(base_report, "_wkhtml", lambda: whole):
            self.assertFalse(self.report._is_printed_by_chromium())

    def test_without_a_printing_program_the_refusal_says_what_to_install(self):
        with (
            patch.object(ir_actions_report, "find_browser", lambda: None),
            self.assertRaisesRegex(UserError, "install Chromium"),
        ):
            self.report._render_qweb_pdf(
                "web.action_report_internalpreview", self.env.company.ids
            )

    def test_browser_that_hangs_is_ended_with_a_message(self):
        self.parameters.set_param("oms_core.print_seconds", "1")
        with (
            self._fake_browser("sleep 60"),
            self.assertRaisesRegex(UserError, "took more than 1.0 seconds"),
        ):
            self._print("<p>x</p>")

    def test_browser_that_fails_is_quoted(self):
        with (
            self._fake_browser("echo no usable sandbox >&2; exit 1"),
            self.assertLogs(ir_actions_report._logger.name, "WARNING"),
            self.assertRaisesRegex(UserError, "no usable sandbox"),
        ):
            self._print("<p>x</p>")

    def _fake_browser(self, script):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        path = pathlib.Path(folder, "browser")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(stat.S_IRWXU)
        return patch.dict(os.environ, {"OMS_CHROMIUM": str(path)})

    @NEEDS_BROWSER
    def test_nothing_of_a_finished_browser_is_left(self):
        with Chromium(origin=BASE_URL, fetch=lambda _url: None, seconds=30) as browser:
            browser.print_pdf("<p>x</p>", Page(100, 100))
        self.assertFalse(os.path.exists(browser._folder.name))
        left = [
            process
            for process in psutil.process_iter(["cmdline"])
            if browser._folder.name in " ".join(process.info["cmdline"] or ())
        ]
        # killed processes go when the system gets to it
        self.assertFalse(psutil.wait_procs(left, timeout=5)[1])

    @NEEDS_BROWSER
    def test_impossible_page_is_an_error_of_the_browser(self):
        with (
            Chromium(origin=BASE_URL, fetch=lambda _url: None, seconds=30) as browser,
            self.assertRaises(ChromiumError),
        ):
            browser.print_pdf("<p>x</p>", Page(10, 10, margin_top=20))


@tagged("post_install", "-at_install")
class TestReportResources(TransactionCase):
    def test_resources_of_a_report(self):
        company = self.env.company
        png = "image/png"
        for name, path, expected in (
            (
                "style sheet",
                "/web/assets/1/web.report_assets_common.min.css",
                "text/css",
            ),
            ("static picture", "/web/static/img/logo.png", png),
            ("record's picture", f"/web/image/res.company/{company.id}/logo", png),
            ("resized", f"/web/image/res.company/{company.id}/logo/32x32", png),
            (
                "in the query",
                f"/web/image?model=res.company&id={company.id}&field=logo",
                png,
            ),
            ("barcode", "/report/barcode/Code128/S00042?width=200&height=50", png),
            ("barcode in the query", "/report/barcode?barcode_type=QR&value=x", png),
            ("company's logo", f"/logo.png?company={company.id}", png),
            ("python file", "/web/static/../__manifest__.py", None),
            ("path out of the addons", "/web/static/../../../../etc/passwd.png", None),
            ("no such record", "/web/image/res.partner/0/image_128", None),
            ("unknown route", "/web/session/logout", None),
        ):
            with self.subTest(name):
                found = ReportResources(self.env, BASE_URL).get(BASE_URL + path)
                self.assertEqual(found and found[0], expected)

    def test_another_host_is_refused(self):
        resources = ReportResources(self.env, BASE_URL)
        self.assertIsNone(
            resources.get("http://oms.example.net/web/static/img/logo.png")
        )

    def test_picture_is_read_with_the_rights_of_the_printing_user(self):
        secret = self.env["ir.attachment"].create(
            {"name": "x.png", "raw": b"\x89PNG\r\n\x1a\n", "res_model": "res.company"}
        )
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal-prints",
                "group_ids": self.env.ref("base.group_portal").ids,
            }
        )
        resources = ReportResources(self.env(user=portal), BASE_URL)
        self.assertIsNone(resources.get(f"{BASE_URL}/web/image/{secret.id}"))
