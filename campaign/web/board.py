"""The board."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie

from campaign.web.tabs import BOARD, opener, room
from people.models import Role, User


@login_required
@ensure_csrf_cookie
def board(request: HttpRequest) -> HttpResponse:
    """It opens with what is one's own: of a unit's person the unit, of an officer the community."""
    user = opener(request, BOARD)
    return room(request, BOARD, "board", unit=_own_unit(user), community=_own_community(user))


def _own_unit(user: User) -> int | None:
    units = {each.unit_id for each in user.held() if each.role == Role.UNIT}
    alone = user.roles == {Role.UNIT} and len(units) == 1
    return units.pop() if alone else None


def _own_community(user: User) -> int | None:
    communities = {each.community_id for each in user.held() if each.role == Role.OFFICER}
    alone = user.roles == {Role.OFFICER} and len(communities) == 1
    return communities.pop() if alone else None


urlpatterns = [path("", board, name="campaign-board-page")]
