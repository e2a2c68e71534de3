# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib
import socket

import pytest

from omscli import main, processes, running
from omscli.verbs import run as run_verb


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def nothing_runs(monkeypatch):
    monkeypatch.setattr(running, "read", dict)


@pytest.mark.parametrize("verb", main.VERBS)
def test_every_verb_of_the_usage_has_its_file(verb):
    assert callable(importlib.import_module(f"omscli.verbs.{verb}").run)


def test_misspelt_verb_is_answered_with_the_near_one(capsys):
    assert main.main(["rnu"]) == 2
    assert "Did you mean `run`?" in capsys.readouterr().err


def test_taken_port_is_refused_with_a_way_out(busy_port, nothing_runs, capsys):
    assert main.main(["run", "--port", str(busy_port)]) == 1
    told = capsys.readouterr().err
    assert f"Port {busy_port} is taken" in told
    assert f"./oms run --port {busy_port + 1}" in told


def test_second_run_of_a_checkout_names_the_first(monkeypatch, capsys):
    first = {"url": "http://127.0.0.1:8069", "pid": 4711}
    monkeypatch.setattr(running, "read", lambda: first)
    assert main.main(["run"]) == 1
    assert "http://127.0.0.1:8069 (process 4711)" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["80", "65536", "http"])
def test_impossible_port_is_refused(port, nothing_runs, capsys):
    with pytest.raises(SystemExit):
        run_verb.parse(["--port", port])
    assert port in capsys.readouterr().err


def test_demo_orders_without_a_server_say_how_to_start_one(nothing_runs, capsys):
    assert main.main(["demo", "orders", "3"]) == 1
    assert "./oms run" in capsys.readouterr().err


def test_note_of_a_dead_run_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "NOTE", tmp_path / "running.json")
    running.note(url="http://127.0.0.1:8069")
    # the process that wrote it lives, but it is pytest and no `./oms run`
    assert running.read() == {}


def test_stubborn_process_is_asked_twice_and_never_killed(tmp_path):
    log = tmp_path / "log"
    script = "trap 'echo asked' TERM; echo up; while :; do read -t 0.05 <> <(:); done"
    process = processes.start(["bash", "-c", script], log)
    try:
        while "up" not in log.read_text():
            assert process.poll() is None
        processes.terminate(process, seconds=0.3)
        assert process.poll() is None
        assert log.read_text().count("asked") == 2
    finally:
        process.kill()
        process.wait()


def test_application_of_odoo_is_asked_for_by_its_name():
    options = run_verb.parse(["--with", "website_sale", "--with", "point_of_sale"])
    assert options.applications == ["website_sale", "point_of_sale"]


def test_application_that_nothing_glues_is_refused():
    with pytest.raises(SystemExit):
        run_verb.parse(["--with", "mrp"])
