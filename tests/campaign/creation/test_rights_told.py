"""List and card say what the person who asks may do there."""

import pytest

from tests.campaign.creation import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(notice, as_user, estate):
    return sent.enrolled(as_user("clerk"), estate)


@pytest.mark.parametrize(
    ("who", "keeps", "forms"),
    [
        ("admin", True, ["self", "review", "recheck"]),
        ("clerk", True, []),
        # A supervisor of one community, and a unit that does not lead the action.
        ("supervisor", False, ["review", "recheck"]),
        ("unit", False, []),
        ("inspector", False, ["review", "recheck"]),
        ("officer", False, ["self"]),
        ("company", False, ["self"]),
        ("leader", False, []),
    ],
)
def test_who_enrols_and_moves_and_fills_which_sheet(as_user, row, who, keeps, forms):
    client = as_user(who)
    assert sent.listing(client, "2024-12-20")["rights"] == {"enrol": keeps}
    told = sent.card(client, row, "2024-12-20")
    assert told["rights"] == {"move": keeps, "forms": forms}
    codes = [veto["code"] for veto in told["declarable"]]
    assert codes == (["V4", "V5"] if keeps else [])


def test_what_may_be_declared_is_what_no_inspection_tells(as_user, row):
    told = sent.card(as_user("clerk"), row, "2024-12-20")["declarable"]
    assert all(veto["zh"] and veto["en"] for veto in told)
    assert sent.declare(as_user("clerk"), row, code=told[0]["code"]).status_code == 201
    assert sent.declare(as_user("clerk"), row, code="V1").status_code == 400
