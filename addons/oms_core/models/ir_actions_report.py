# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models import ir_actions_report as base_report

from ..tools.chromium import (
    Chromium,
    ChromiumError,
    ChromiumTimeout,
    find_browser,
)
from ..tools.chromium_report import Layout, print_report
from ..tools.page import Page
from ..tools.report_resources import ReportResources

_logger = logging.getLogger(__name__)

# Templates are drawn for wkhtmltopdf, which shrinks a page of this many CSS pixels
# to the width of the paper unless the paper format says not to.
SHRINK = 0.8
SECONDS = 60


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    # === PRINT ===

    @api.model
    def get_wkhtmltopdf_state(self):
        """Override of `base` so that clients ask for a PDF where Chromium prints."""
        if self._is_printed_by_chromium() or self.env.context.get("oms_printing"):
            return "ok"
        return super().get_wkhtmltopdf_state()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Override of `base` to let `_run_wkhtmltopdf` refuse: it knows what to say."""
        printing = self.with_context(oms_printing=True)
        return super(IrActionsReport, printing)._render_qweb_pdf_prepare_streams(
            report_ref, data, res_ids=res_ids
        )

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Override of `base` to print with Chromium unless wkhtmltopdf is whole.

        The wkhtmltopdf of most distributions (without its patched Qt) prints neither
        header nor footer, and text as outlines that nobody can search.
        """
        if not self._is_printed_by_chromium():
            self._check_wkhtmltopdf()
            return super()._run_wkhtmltopdf(
                bodies,
                report_ref=report_ref,
                header=header,
                footer=footer,
                landscape=landscape,
                specific_paperformat_args=specific_paperformat_args,
                set_viewport_size=set_viewport_size,
            )
        report = self._get_report(report_ref) if report_ref else self
        layout = self._prepare_page_layout(
            report.get_paperformat(), landscape, specific_paperformat_args or {}
        )
        return self._print_with_chromium(
            [str(body) for body in bodies], header, footer, layout, report
        )

    def _print_with_chromium(self, bodies, header, footer, layout, report) -> bytes:
        base_url = self._get_report_url()
        resources = ReportResources(self.env, base_url)
        seconds = self._get_print_seconds()
        name = report.name or self.env._("this report")
        try:
            with Chromium(
                origin=base_url, fetch=resources.get, seconds=seconds
            ) as browser:
                return print_report(browser, bodies, header, footer, layout)
        except ChromiumTimeout as error:
            raise UserError(
                self.env._(
                    "“%(report)s” was not printed: it took more than %(seconds)s "
                    "seconds. Print fewer documents at once, or raise the system "
                    "parameter oms_core.print_seconds.",
                    report=name,
                    seconds=seconds,
                )
            ) from error
        except (ChromiumError, OSError) as error:
            _logger.warning("Chromium did not print %s: %s", name, error)
            raise UserError(
                self.env._(
                    "“%(report)s” was not printed: the browser that makes the PDF "
                    "failed (%(error)s). Try again; if it fails again, ask your "
                    "administrator to check Chromium on the server.",
                    report=name,
                    error=error,
                )
            ) from error

    # === CHECKS ===

    @api.model
    def _is_printed_by_chromium(self) -> bool:
        wkhtmltopdf = base_report._wkhtml()
        whole = wkhtmltopdf.is_patched_qt and wkhtmltopdf.state == "ok"
        return not whole and find_browser() is not None

    @api.model
    def _check_wkhtmltopdf(self) -> None:
        if base_report._wkhtml().state == "install":
            raise UserError(
                self.env._(
                    "The PDF was not made: this server has no program to print with. "
                    "Ask your administrator to install Chromium (package “chromium”) "
                    "or Google Chrome, or to name it in the environment variable "
                    "OMS_CHROMIUM."
                )
            )

    # === VALUES ===

    @api.model
    def _get_print_seconds(self) -> float:
        """How long a print may take; a system parameter, as reports have no owner."""
        parameters = self.env["ir.config_parameter"].sudo()  # read by any printing user
        given = parameters.get_param("oms_core.print_seconds")
        try:
            return max(float(given), 1.0) if given else SECONDS
        except ValueError:
            _logger.warning("oms_core.print_seconds is no number: %s", given)
            return SECONDS

    @api.model
    def _prepare_page_layout(self, paper, landscape, arguments) -> Layout:
        """Sheet and margins in millimetres.

        :param paper: report.paperformat, may be empty
        :param landscape: force the long side across
        :param arguments: attributes of the report's own html tag, which win
        """
        width, height = (
            paper.print_page_width or 210.0,
            paper.print_page_height or 297.0,
        )
        landscape = landscape or arguments.get("data-report-landscape")
        if landscape and paper.orientation != "Landscape":
            width, height = height, width
        margin_top = float(arguments.get("data-report-margin-top", paper.margin_top))
        margin_bottom = float(
            arguments.get("data-report-margin-bottom", paper.margin_bottom)
        )
        spacing = float(
            arguments.get("data-report-header-spacing") or paper.header_spacing
        )
        return Layout(
            page=Page(
                width=width,
                height=height,
                margin_top=margin_top,
                margin_bottom=margin_bottom,
                margin_left=paper.margin_left,
                margin_right=paper.margin_right,
                scale=1.0 if paper.disable_shrinking else SHRINK,
            ),
            header_top=max(margin_top - spacing, 0.0),
            header_line=paper.header_line,
        )
