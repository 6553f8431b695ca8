from __future__ import annotations

import inspect
import os
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from briefings import CASES, briefing, documents, section

from corpus.errors import PolicyError
from search import brief
from search.brief import (
    SUFFIXES,
    BriefingError,
    BriefingFileError,
    QuoteMismatchError,
    check,
    content,
    write_briefing,
)
from search.brief.labels import LOOKS
from search.compare.model import LABELS
from search.model import Quote


def with_first_cell(made, **changes):
    part = made.sections[0]
    first, *others = part.comparison.points
    doc_id, said = next((key, value) for key, value in first.cells.items() if value)
    first = replace(first, cells={**first.cells, doc_id: replace(said, **changes)})
    comparison = replace(part.comparison, points=(first, *others))
    return replace(made, sections=(replace(part, comparison=comparison),)), said


def test_public_names():
    assert brief.__all__ == sorted(brief.__all__, key=lambda name: (not name.isupper(), name))
    public = {n for n, value in vars(brief).items() if not n.startswith("_") and not inspect.ismodule(value)}
    assert public == set(brief.__all__)
    assert all(inspect.getdoc(getattr(brief, name)) for name in brief.__all__)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("case", sorted(CASES))
def test_the_same_briefing_gives_the_same_bytes(case, suffix, tmp_path):
    for name in ("a", "b"):
        write_briefing(CASES[case](), tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx"])
def test_a_file_carries_the_date_of_the_briefing_and_no_other(suffix, tmp_path):
    write_briefing(briefing(), tmp_path / f"a{suffix}")
    with ZipFile(BytesIO((tmp_path / f"a{suffix}").read_bytes())) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(2024, 5, 6, 0, 0, 0)}
    assert core.count("2024-05-06T00:00:00Z") == 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_quote_that_is_not_in_its_document_stops_the_export(suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    path.write_text("旧", encoding="utf-8")
    made, said = with_first_cell(briefing(), quote=Quote("别的话", 0, 3))
    with pytest.raises(QuoteMismatchError, match="与原文不符") as caught:
        write_briefing(made, path)
    assert caught.value.clause_id == said.clause_id
    assert said.clause_id in str(caught.value)
    assert path.read_text(encoding="utf-8") == "旧"


def test_a_quote_changed_by_one_character_is_found():
    said = with_first_cell(briefing())[1]
    made, _ = with_first_cell(briefing(), quote=replace(said.quote, text=f"{said.quote.text[:-1]}！"))
    with pytest.raises(QuoteMismatchError, match=said.clause_id):
        check(made)


def test_evidence_is_checked_as_quotes_are():
    made = briefing()
    part = made.sections[0]
    first = part.comparison.points[0]
    relation = first.relations[0]
    rests_on = relation.difference.evidence[0]
    wrong = replace(rests_on, words=replace(rests_on.words, text="不是原文"))
    relation = replace(relation, difference=replace(relation.difference, evidence=(wrong,)))
    comparison = replace(part.comparison, points=(replace(first, relations=(relation,)),))
    with pytest.raises(QuoteMismatchError, match="不是原文"):
        check(replace(made, sections=(replace(part, comparison=comparison),)))


@pytest.mark.parametrize("name", ["summary", "cell_pieces"])
def test_what_is_cut_out_of_a_quote_is_held_against_the_document_again(name, monkeypatch):
    made = briefing(section(9))
    cut = getattr(content, name)

    def altered(*given):
        return tuple(replace(piece, text=f"{piece.text}！") if piece.place else piece for piece in cut(*given))

    monkeypatch.setattr(content, name, altered)
    with pytest.raises(QuoteMismatchError, match="！"):
        check(made)


def test_a_document_or_clause_that_is_not_there_is_named():
    missing = documents()[-1].doc_id
    with pytest.raises(BriefingError, match=f"{missing} 不在简报里"):
        check(replace(briefing(), documents=documents()[:-1]))
    with pytest.raises(BriefingError, match="no/such"):
        check(with_first_cell(briefing(), clause_id="no/such")[0])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_control_character_is_refused_by_its_place(suffix, tmp_path):
    with pytest.raises(BriefingError, match="标题“甲�乙”第 2 个字符"):
        write_briefing(briefing(title="甲\x00乙"), tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.doc", ".docx"])
def test_an_unknown_suffix_is_told_with_those_there_are(name, tmp_path):
    with pytest.raises(BriefingFileError, match=r"\.docx、\.md、\.pptx、\.xlsx"):
        write_briefing(briefing(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_suffix_in_capitals_is_the_same(tmp_path):
    write_briefing(briefing(), tmp_path / "A.MD")
    assert (tmp_path / "A.MD").read_text(encoding="utf-8").startswith("# ")


def test_a_folder_that_is_not_there_or_in_the_way_is_told(tmp_path):
    with pytest.raises(BriefingFileError, match="没有这个文件或目录"):
        write_briefing(briefing(), tmp_path / "none" / "a.md")
    (tmp_path / "a.md").mkdir()
    with pytest.raises(BriefingFileError, match="不能写入"):
        write_briefing(briefing(), tmp_path / "a.md")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    path.write_text("旧", encoding="utf-8")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PolicyError, match="磁盘已满"):
        write_briefing(briefing(), path)
    assert path.read_text(encoding="utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


def test_every_label_has_a_mark_of_its_own_and_reads_on_its_fill():
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert set(LOOKS) == set(LABELS)
    assert len({look.mark for look in LOOKS.values()}) == len(LABELS)
    for look in LOOKS.values():
        assert (luminance(look.fill) + 0.05) / (luminance(look.ink) + 0.05) >= 7


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx"])
def test_libreoffice_opens_it(suffix, tmp_path):
    path = tmp_path / f"a{suffix}"
    write_briefing(briefing(section(1)), path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
