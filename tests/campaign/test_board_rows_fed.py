"""The rows behind a cell where ledgers are kept: exactly what it is made of."""

from datetime import date

import pytest

from people.models import User
from tests.campaign.kept import fill_all
from tests.campaign.test_board_rows import OFFICE, cells_that_lie
from tests.factories import CompanyFactory, EstateFactory

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2024, 10, 1), date(2024, 12, 20)


@pytest.mark.parametrize("who", ["leader", "officer"])
def test_every_cell_equals_its_rows_of_ledgers(as_user, notice, community, far, estate, who):
    assert who in OFFICE
    EstateFactory(community=community, company=CompanyFactory(), has_company=True)
    EstateFactory(community=community)
    fill_all(7, User.objects.get(username="clerk"), rows=12, since=SINCE, until=UNTIL)
    assert cells_that_lie(as_user(who), UNTIL) == {}
