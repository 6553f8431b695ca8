"""Briefings as LibreOffice draws them: pages that all say something, with every quote on them."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from briefings import CASES, alike_briefing, cells

from search.brief import write_briefing

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice and pdftotext are not both on this machine",
)


def pages(made, suffix, folder):
    """The text of each page, blanks left out."""
    path = folder / f"a{suffix}"
    write_briefing(made, path)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    raw = ["pdftotext", "-raw", folder / "a.pdf", "-"]
    text = subprocess.run(raw, capture_output=True, check=True, timeout=60).stdout.decode()
    return ["".join(page.split()) for page in text.removesuffix("\f").split("\f")]


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx"])
@pytest.mark.parametrize("case", ["small", "empty", "whole"])
def test_no_page_is_empty(case, suffix, tmp_path):
    found = pages(CASES[case](), suffix, tmp_path)
    assert found
    bare = [page.strip("—0123456789") for page in found]
    assert all(len(page) > 3 for page in bare)


@pytest.mark.parametrize("suffix", [".pptx", ".xlsx"])
def test_every_quote_is_drawn_whole(suffix, tmp_path):
    made = alike_briefing()
    drawn = "".join(pages(made, suffix, tmp_path))
    for said in cells(made):
        assert "".join(said.quote.text.split()) in drawn


def test_every_quote_of_a_word_file_is_drawn_whole_and_named_at_the_foot(tmp_path):
    made = alike_briefing()
    drawn = "".join(pages(made, ".docx", tmp_path))
    for said in cells(made):
        assert "".join(said.quote.text.split()) in drawn
    assert "（人社部发〔2016〕57号）五、（十二）" in drawn
