from __future__ import annotations

import json

from clinics import TEXTS

from search.views import record

HIT = {
    "rank": int,
    "clause_id": str,
    "doc_id": str,
    "label": str,
    "heading": str,
    "trail": list,
    "text": str,
    "start": int,
    "end": int,
    "score": float,
    "why": dict,
}


def has(value, shape):
    return {key: type(value[key]) for key in shape} == shape


def test_hits_have_the_shape_promised(clinics):
    result = json.loads(json.dumps(record.search_record(clinics.search("每月补助"))))
    assert has(result, {"query": str, "hits": list, "took_ms": float})
    assert result["hits"][0]["why"]["terms"]
    for hit in result["hits"]:
        assert has(hit, HIT)
        assert has(hit["why"], {"terms": list, "ranks": dict, "scores": dict, "sentence": dict})
        assert all(has(term, {"term": str, "weight": float}) for term in hit["why"]["terms"])
        assert has(hit["why"]["sentence"], {"text": str, "start": int, "end": int})


def test_an_answer_has_the_shape_promised_whatever_it_says(clinics):
    shape = {
        "question": str,
        "standalone": str,
        "status": str,
        "confidence": float,
        "notice": str,
        "scope": dict,
        "answers": list,
        "hits": list,
        "took_ms": float,
    }
    statuses = set()
    for question in ("每月发放补助多少", "绵阳怎么换护照照片", "济南怎么换护照照片", "怎么换护照照片"):
        answer = json.loads(json.dumps(record.answer_record(clinics.ask(question))))
        statuses.add(answer["status"])
        assert has(answer, shape)
        assert all(has(hit, HIT) for hit in answer["hits"])
        for said in answer["answers"]:
            assert has(said, {"doc_id": str, "status": str, "title": str, "confidence": float, "quotes": list})
            assert (said["clause_id"] is None) == (said["status"] == "silent") == (said["quotes"] == [])
            if said["status"] == "answered":
                assert has(said, {"clause_id": str, "label": str, "heading": str, "text": str, "score": float})
    assert statuses == {"answered", "silent", "not_held", "no_basis"}


def test_clauses_have_the_shape_promised_in_reading_order(clinics):
    held = record.clauses_record(clinics.documents())
    assert held["raw_unit"] == "byte"
    assert [c["clause_id"] for c in held["clauses"]] == [c.clause_id for d in clinics.documents() for c in d.clauses]
    for clause in held["clauses"]:
        document = clinics.document(clause["doc_id"])
        assert document.text[clause["start"] : clause["end"]] == clause["text"]
        assert clause["kind"] in {"clause", "preface", "closing", "cover", "signature", "attachment"}
        assert all(isinstance(name, str) for name in clause["trail"])
        assert all(start < end for start, end in clause["raw"])


def test_raw_ranges_are_where_the_characters_stand_in_the_file(clinics):
    for document in clinics.documents():
        data = TEXTS[document.doc_id].encode()
        for clause in document.clauses:
            pieces = [data[start:end].decode() for start, end in record.clause_record(clause)["raw"]]
            assert "".join("".join(pieces).split()) == "".join(clause.text.split())


def test_documents_tell_what_they_are_and_cite(clinics):
    held = {d["doc_id"]: d for d in record.documents_record(clinics.documents())["documents"]}
    assert held["country"]["level"] == "national"
    assert held["province"]["region"] == "四川省"
    assert held["city"]["number"] == "绵卫字〔2022〕12号"
    assert held["country"]["clauses"] == 4
    [citation] = held["province"]["citations"]
    assert (citation["doc_id"], citation["is_basis"]) == ("country", True)
