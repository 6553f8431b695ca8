"""The HTTP API and gradio_client, over the fake engine."""

from __future__ import annotations

import pytest
from fake_engine import FakeEngine
from gradio_client import Client
from gradio_client.exceptions import AppError
from programs import client

from search.serving.functions import Functions

FUNCTIONS = ["ask", "search", "compare", "show_clause"]
# function, what is sent: each record is the one of the function itself
CALLS = [
    ("ask", {"question": "补贴"}),
    ("ask", {"question": "那南河呢", "doc_ids": ["south"], "history": ["补贴", "学时"]}),
    ("ask", {"question": "成都有补贴吗"}),  # an honest "no" is an answer
    ("search", {"text": "补贴", "k": 1}),
    ("search", {"text": "补贴", "doc_ids": ["north"], "system": "lexical"}),
    ("compare", {"topic": "学时"}),
    ("compare", {"topic": "*", "base": "north"}),  # whole texts
    ("compare", {"topic": "north/1/1"}),  # by clause
    ("show_clause", {"clause_id": "south/2"}),
]
# function, what is sent, what is said
REFUSED = [
    ("ask", {"question": " "}, "问题是空的"),
    ("ask", {}, "缺少 question"),
    ("ask", {"question": 3}, "question 应当是文字"),
    ("ask", {"question": "补贴", "docs": []}, "没有 docs 这个参数"),
    ("ask", {"question": "补贴", "history": ["再问"] * 21}, "history 有 21 项，至多 20 项"),
    ("ask", ["补贴"], "请求 应当是JSON 对象"),
    ("search", {"text": "补贴", "k": 0}, "k 超出了范围"),
    ("search", {"text": "补贴", "system": "magic"}, "system 应当是"),
    ("compare", {"topic": "补贴", "base": "north"}, "base 只在"),
    ("compare", {"topic": "*", "base": "nowhere"}, "没有编号为 nowhere 的文件"),
    ("show_clause", {"clause_id": ["south/2"]}, "clause_id 应当是文字"),
]


@pytest.fixture
def api(server):
    with client(server[0] + "api") as programs:
        yield programs


@pytest.mark.parametrize(("name", "given"), CALLS)
def test_each_function_gives_the_record_of_the_command(api, name, given):
    reply = api.post(f"/{name}", json=given)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")
    assert reply.json() == getattr(Functions(FakeEngine()), name)(**given)


@pytest.mark.parametrize(("name", "given", "said"), REFUSED)
def test_what_cannot_be_worked_with_is_refused_in_a_sentence(api, name, given, said):
    reply = api.post(f"/{name}", json=given)
    assert reply.status_code == 400
    assert list(reply.json()) == ["error"]
    assert said in reply.json()["error"]


def test_what_is_no_json_is_refused(api):
    reply = api.post("/ask", content=b"{", headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()) == (400, {"error": "请求不是能读的 JSON。请照接口说明改正。"})


def test_a_fault_is_told_without_its_details(api):
    reply = api.post("/ask", json={"question": "崩溃"})
    assert reply.status_code == 500
    assert "程序的问题" in reply.json()["error"]
    assert "fault of the machine" not in reply.text


def test_another_address_or_method_says_which_there_are(api):
    for reply in (api.get("/ask"), api.post("/upload")):
        assert reply.status_code in (404, 405)
        assert "POST /api/ask" in reply.json()["error"]


def test_the_document_describes_the_four_functions_with_their_types(api):
    document = api.get("/openapi.json").json()
    assert sorted(document["paths"]) == sorted(f"/{name}" for name in FUNCTIONS)
    assert document["servers"] == [{"url": "/api"}]
    shapes = document["components"]["schemas"]
    for name in FUNCTIONS:
        function = document["paths"][f"/{name}"]["post"]
        assert function["operationId"] == name
        assert function["summary"]
        taken = function["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert all(one["description"] for one in shapes[taken]["properties"].values())
        assert set(function["responses"]) == {"200", "400", "401", "429", "500", "503"}
    assert shapes["Answer"]["properties"]["status"]["enum"] == ["answered", "silent", "not_held", "no_basis"]


def test_gradio_client_finds_the_four_functions_and_nothing_else(server):
    held = Client(server[0], verbose=False)
    info = held.view_api(return_format="dict", print_info=False)
    assert list(info["named_endpoints"]) == [f"/{name}" for name in FUNCTIONS]
    assert info["unnamed_endpoints"] == {}
    for name, given in CALLS:
        assert held.predict(api_name=f"/{name}", **given) == getattr(Functions(FakeEngine()), name)(**given)
    with pytest.raises(AppError, match="问题是空的"):
        held.predict(question="", api_name="/ask")
    with pytest.raises(AppError, match="程序的问题"):
        held.predict(question="崩溃", api_name="/ask")


def test_ways_of_the_page_that_nobody_needs_are_shut(server):
    with client(server[0]) as held:
        for way in (
            "upload",
            "deep_link?session_hash=a",
            "file=/etc/hosts",
            "proxy=https://a.hf.space/",
            "runs",
            "token",
        ):
            for method in ("GET", "POST"):
                assert held.request(method, f"gradio_api/{way}").status_code == 404, way
        for way in ("monitoring", "monitoring/summary"):
            assert held.get(way).status_code == 404
        assert held.post("gradio_api/upload", files={"files": b"text"}).status_code == 404
