# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""With CI=true a skipped test is a failed run: nobody reads the word in a log."""

import os

import hypothesis
import pytest

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# No example fails for being slow: machines differ. A red run in CI can be repeated.
hypothesis.settings.register_profile("oms", deadline=None, derandomize=IN_CI)
hypothesis.settings.load_profile("oms")
SKIPPED = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SKIPPED] = []
    if IN_CI:
        config.pluginmanager.register(SkipsFail(config), "skips-fail")


class SkipsFail:
    def __init__(self, config: pytest.Config) -> None:
        self.skipped = config.stash[SKIPPED]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(f"{report.nodeid}: {_reason(report)}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(f"{report.nodeid}: {_reason(report)}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter) -> None:
        if self.skipped:
            terminalreporter.section("skipped, and CI=true does not allow that")
            for line in self.skipped:
                terminalreporter.line(line)


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return str(text)
