"""The board."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie

from campaign.web.tabs import BOARD, opener, room
from people.models import Role, User
from people.policy import may_see_papers

RESULTS = "/papers/?kind=oversight"


@login_required
@ensure_csrf_cookie
def board(request: HttpRequest) -> HttpResponse:
    """It opens with what is one's own: of a unit's person the unit, of an officer the community."""
    user = opener(request, BOARD)
    return room(
        request,
        BOARD,
        "board",
        unit=_own_unit(user),
        community=_own_community(user),
        results=RESULTS if may_see_papers(user) else "",
        draft=_draft(user),
    )


def _draft(user: User) -> str:
    """Where a supervision result is drafted, by who may issue one: of the whole office, or else of
    the first community."""
    supervised = user.scope_as(Role.SUPERVISOR)
    if supervised.nothing:
        return ""
    of = "" if supervised.everything else f"&community={min(supervised.communities)}"
    return f"{RESULTS}#/new?kind=oversight{of}"


def _own_unit(user: User) -> int | None:
    units = {each.unit_id for each in user.held() if each.role == Role.UNIT}
    alone = user.roles == {Role.UNIT} and len(units) == 1
    return units.pop() if alone else None


def _own_community(user: User) -> int | None:
    communities = {each.community_id for each in user.held() if each.role == Role.OFFICER}
    alone = user.roles == {Role.OFFICER} and len(communities) == 1
    return communities.pop() if alone else None


urlpatterns = [path("", board, name="campaign-board-page")]
