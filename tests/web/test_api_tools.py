"""The MCP tools, asked by a real client."""

from __future__ import annotations

import json

import pytest
from fake_engine import FakeEngine
from programs import call_tool, client, with_tools
from test_api import CALLS, FUNCTIONS

from search.serving.functions import Functions


@pytest.fixture
def address(server):
    return server[0] + "mcp"


def test_there_are_four_tools_that_only_read_and_nothing_else(address):
    async def listed(session):
        return (await session.list_tools()).tools, session.get_server_capabilities()

    tools, can = with_tools(address, listed)
    assert [tool.name for tool in tools] == FUNCTIONS
    assert (can.resources, can.prompts) == (None, None)
    for tool in tools:
        assert tool.title
        assert len(tool.description) > 10
        assert tool.annotations.readOnlyHint is True
        assert tool.inputSchema["additionalProperties"] is False
        assert all(one["description"] for one in tool.inputSchema["properties"].values())


@pytest.mark.parametrize(("name", "given"), CALLS)
def test_each_tool_gives_the_record_of_the_command(address, name, given):
    # The client itself holds the record against the shape that the tool promises.
    result = call_tool(address, name, given)
    assert result.isError is False
    assert result.structuredContent == getattr(Functions(FakeEngine()), name)(**given)
    assert json.loads(result.content[0].text) == result.structuredContent


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("ask", {"question": ""}, "问题是空的"),
        ("ask", {"frage": "补贴"}, "缺少 question；没有 frage 这个参数"),
        ("ask", {"question": "崩溃"}, "程序的问题"),
        ("delete", {}, "没有名为 delete 的工具"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(address, name, given, said):
    result = call_tool(address, name, given)
    assert result.isError is True
    assert said in result.content[0].text


def test_the_address_that_people_know_of_gradio_works_too(server):
    assert call_tool(f"{server[0]}gradio_api/mcp/", "search", {"text": "补贴"}).isError is False


def test_a_browser_is_told_what_the_address_is_for(address):
    with client(address) as held:
        reply = held.get("")
    assert reply.status_code == 405
    assert "MCP" in reply.json()["error"]
