"""An assistant asks, by the client of the protocol's own package, over standard input and output."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import pytest

from conftest import ROOT

mcp = pytest.importorskip("mcp")

DATA = ROOT / "examples" / "data"


def asked(*questions: tuple[str, dict[str, Any]]) -> tuple[list[Any], list[dict[str, Any]]]:
    """The tools that there are, and the answers to questions."""

    async def ask() -> tuple[list[Any], list[dict[str, Any]]]:
        words = ["-m", "supportkpi", "mcp", str(DATA / "interactions.csv"), "--options", str(DATA / "options.json")]
        server = mcp.StdioServerParameters(command=sys.executable, args=words)
        async with mcp.Client(server) as client:
            tools = (await client.list_tools()).tools
            answers = [await client.call_tool(name, arguments) for name, arguments in questions]
        return tools, [json.loads(answer.content[0].text) for answer in answers]

    return asyncio.run(asyncio.wait_for(ask(), 120))


def test_tools_have_schemas_and_answers_have_evidence() -> None:
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("report", {"kpis": ["verified_resolution_rate"], "by": [], "population": "all"}),
        ("explain", {"kpi": "csat"}),
        ("catalogue", {"family": "volume"}),
        ("profiles", {}),
        ("roi", {"inputs": {"monthly_volume": 50000}}),
        ("compare", {"a": {"when": {"channel": "chat"}}, "b": {"when": {"channel": "email"}}, "kpis": ["csat"]}),
        ("report", {"kpis": ["csta"]}),
        ("report", {"by": ["agent_id"], "every": "week"}),
    )
    tools, answers = asked(*questions)
    schemas = {tool.name: tool.input_schema for tool in tools}
    assert set(schemas) == {"catalogue", "explain", "report", "profiles", "compare", "roi"}
    assert "every" in schemas["report"]["properties"]
    report, explained, listed, profiles, roi, compared, wrong, long = answers
    (value,) = [
        value for value in report["values"] if value["id"] == "verified_resolution_rate" and "period" not in value
    ][:1]
    assert {"value", "n", "low", "high"} <= set(value)
    assert "misleads" in explained
    assert "containment_rate" in listed["figures"]
    assert len(profiles["profiles"]) == 6
    assert roi["figures"]["npv"]
    assert {"difference", "low", "high", "p_value"} <= set(compared["figures"][0])
    assert "csta" in wrong["refused"]
    assert len(long["values"]) == 60
    assert "more values" in long["left_off"]
    assert max(len(json.dumps(answer)) for answer in answers) < 40_000
