"""Starting the page from the command line."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from fake_engine import DOCUMENTS

import app
from corpus.errors import PolicyError
from search.tabs.comparing import comparing_label


@pytest.fixture
def taken():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_port_in_use_is_told_before_anything_is_loaded(taken, capsys):
    assert app.main(["--port", str(taken)]) == 2
    said = capsys.readouterr().err
    assert f"{taken} 端口" in said
    assert "--port" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("127.0.0.1", 99999),  # no such port
        ("no-such-host.invalid", 7860),  # no such name
        ("192.0.2.1", 7860),  # an address of another machine
    ],
)
def test_an_address_that_cannot_be_listened_on_is_told(host, port):
    with pytest.raises(PolicyError, match=f"不能在 {host} 的 {port} 端口上启动"):
        app.serve(host=host, port=port)


def test_examples_are_lines_without_notes_and_blanks(tmp_path):
    assert app.read_examples(tmp_path) == ()
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "examples.txt").write_text("﻿# 说明\n\n 问一 \n问二\n", encoding="utf-8")
    assert app.read_examples(tmp_path) == ("问一", "问二")


# places of the texts, what the tab of comparisons is called
PLACES = [
    (("全国", "甲省", "乙市"), "三地对照"),
    (("甲省", "甲省", "乙市"), "对照"),  # two texts of one place
    (("甲省", "乙市", None), "对照"),
    (("甲省", "乙市"), "对照"),
]


@pytest.mark.parametrize(("places", "label"), PLACES)
def test_only_three_texts_of_three_places_are_called_so(places, label):
    texts = [replace(d, metadata=replace(d.metadata, region=p)) for d, p in zip(DOCUMENTS, places, strict=False)]
    assert comparing_label(texts) == label
