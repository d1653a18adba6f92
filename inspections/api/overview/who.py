"""Who may ask what the leaders' page asks."""

from rest_framework.request import Request

from inspections.errors import NotAllowed
from people.api.authentication import person
from people.models import User
from people.policy import may_see_overview


def leader(request: Request) -> User:
    """Who asks. Raises NotAllowed for whom the leaders' page is not open."""
    user = person(request)
    if not may_see_overview(user):
        raise NotAllowed
    return user
