"""The load run, briefly: that it asks what people ask and counts it; how fast it is, is no matter of tests."""

from __future__ import annotations

import pytest
from aside import aside
from processes import environment, free_port

from eval import load


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(load, "TARGET", 1000.0)
    monkeypatch.setattr(load, "READING", (0.0, 0.2))
    for name, value in environment().items():
        monkeypatch.setenv(name, value)


def test_people_ask_by_the_page_and_by_the_api_and_are_counted(real_server, patient, capsys):
    assert aside(load.main, ["--url", real_server[0].rstrip("/"), "--users", "3", "--seconds", "4"]) == 0
    said = capsys.readouterr().out
    kinds = [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("| ")]
    assert {"打开页面", "页面提问", "接口提问", "**全部**"} <= set(kinds)
    assert "出错 0 次" in said
    assert "3 人，4 秒" in said


def test_a_server_that_is_not_there_is_told(patient, capsys):
    assert aside(load.main, ["--url", f"http://127.0.0.1:{free_port()}"]) == 1
    assert "没有回答" in capsys.readouterr().err
