"""Which estates come onto the list of a programme, and who sees them there."""

import uuid

import pytest

from tests.campaign.creation import sent
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db


def test_an_estate_with_a_company_is_put_on_the_list_once(notice, as_user, estate):
    clerk, id = as_user("clerk"), uuid.uuid4()
    reply = sent.enrol(clerk, estate, id=id)
    assert (reply.status_code, reply.json()) == (
        201,
        {
            "id": str(id),
            "programme": "晋政青〔2024〕68号",
            "estate": estate.pk,
            "person": "王经理",
            "enrolled_on": "2024-11-08",
        },
    )
    assert sent.enrol(clerk, estate, id=id).status_code == 200
    other = sent.enrol(clerk, estate, id=id, person="李经理")
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    again = sent.enrol(clerk, estate)
    assert (again.status_code, again.json()["code"]) == (409, "already_enrolled")


def test_all_that_is_wrong_is_named_at_once(notice, as_user, estate):
    reply = sent.enrol(
        as_user("clerk"), estate, programme=None, person=None, enrolled_on="2024-11-31"
    )
    assert (reply.status_code, reply.json()["details"]) == (
        400,
        {
            "fields": {
                "programme": "This is needed.",
                "person": "This is needed.",
                "enrolled_on": "A date such as 2024-11-30.",
            }
        },
    )


def test_an_estate_without_a_company_is_not_asked(notice, as_user, community):
    alone = EstateFactory(community=community)
    reply = sent.enrol(as_user("clerk"), alone)
    assert (reply.status_code, reply.json()["details"]) == (
        400,
        {"fields": {"estate": "This estate has no property company."}},
    )
