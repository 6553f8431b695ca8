"""The made texts in `made/`, each against the parse written beside it before there was a parser."""

import json
from pathlib import Path

import pytest
from soundness import assert_sound, assert_subsequence, parse_bytes, squeeze

MADE = Path(__file__).parent / "made"
EXPECTED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(MADE.glob("*.json"))}


def source_of(name):
    return next(path for path in MADE.glob(f"{name}.*") if path.suffix != ".json")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return {
        name: parse_bytes(folder, source_of(name).read_bytes(), source_of(name).name, expected["doc_id"])
        for name, expected in EXPECTED.items()
    }


def test_every_made_text_has_an_expected_parse():
    texts = {path.stem for path in MADE.iterdir() if path.suffix in {".txt", ".md"} and path.stem != "README"}
    assert texts == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_clauses_in_reading_order(made, name):
    wanted = [clause["clause_id"] for clause in EXPECTED[name]["clauses"]]
    assert [clause.clause_id for clause in made[name].clauses] == wanted


@pytest.mark.parametrize("name", EXPECTED)
def test_clause_names(made, name):
    for wanted in EXPECTED[name]["clauses"]:
        clause = made[name].by_id[wanted["clause_id"]]
        found = (clause.kind, squeeze(clause.label), clause.heading, [squeeze(line) for line in clause.trail])
        assert found == (
            wanted["kind"],
            squeeze(wanted["label"]),
            wanted["heading"],
            [squeeze(line) for line in wanted["trail"]],
        ), clause.clause_id


@pytest.mark.parametrize("name", EXPECTED)
def test_clause_texts(made, name):
    for wanted in EXPECTED[name]["clauses"]:
        body = squeeze(made[name].by_id[wanted["clause_id"]].body_text)
        chars = wanted.get("chars", len(body))  # left open where a table's bars may stay or go
        found = (body[: len(wanted["begins"])], body[-len(wanted["ends"]) :], len(body))
        assert found == (wanted["begins"], wanted["ends"], chars), wanted["clause_id"]
        for piece in wanted.get("contains", ()):
            assert squeeze(piece) in body


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if expected.get("furniture")])
def test_furniture_is_gone(made, name):
    paragraphs = {squeeze(line) for line in made[name].text.split("\n")}
    for line in EXPECTED[name]["furniture"]:
        assert squeeze(line) in squeeze(source_of(name).read_text(encoding="utf-8"))
        assert squeeze(line) not in paragraphs
        if not line.strip("-— 0123456789"):
            continue
        assert squeeze(line) not in squeeze(made[name].text)


@pytest.mark.parametrize("name", EXPECTED)
def test_made_parse_is_sound(made, name):
    data = source_of(name).read_bytes()
    assert_sound(made[name], data)
    assert_subsequence(made[name], data.decode())
