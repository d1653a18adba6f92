"""The tablet says what the server says, about kinds and answers that nobody thought of."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections import kinds
from inspections.kind import Kind, WrongAnswers
from tests.kinds import strategies

JUDGE = Path(__file__).parent.parent / "app" / "judge.js"
CASES = 2000


def server_says(kind: Kind, sent: dict, facts: dict) -> dict:
    try:
        answers = kind.read(sent)
    except WrongAnswers as refused:
        return {"wrong": refused.items}
    judged = [asdict(each) for each in kind.judge(answers, facts)]
    return {"answers": answers, "asks": kind.asks(answers, facts), "judged": judged}


@pytest.mark.slow
def test_server_and_tablet_read_ask_and_judge_alike():
    cases = []

    @settings(max_examples=CASES // 20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(kinds.all()) | strategies.kinds())
        record = st.tuples(strategies.answers_to(kind), strategies.facts)
        for _ in range(20):
            cases.append((kind, *data.draw(record)))

    collect()
    lines = [json.dumps([kind.describe(), sent, facts]) for kind, sent, facts in cases]
    node = subprocess.run(
        ["node", JUDGE], input="\n".join(lines), capture_output=True, text=True, check=True
    )
    tablet = [json.loads(line) for line in node.stdout.splitlines()]

    assert len(tablet) == len(cases) >= CASES
    for (kind, sent, facts), says in zip(cases, tablet, strict=True):
        assert says == json.loads(json.dumps(server_says(kind, sent, facts))), (sent, facts)
    assert sum("wrong" in says for says in tablet) > CASES // 20
    assert (
        sum(not judged["met"] for says in tablet for judged in says.get("judged", [])) > CASES // 10
    )
