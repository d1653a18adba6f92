"""Every read of plans by name. `visible_to` is the only place that scopes rows."""

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from geo.querysets import Scoped
from geo.scope import NOTHING, Scope
from planning.life import ENDED, IN_REGISTER

M = TypeVar("M", bound=Model, covariant=True)


class Plans(Scoped[M]):
    """A plan of the whole office is read by all of the office; what it holds, each where they
    are. One that is not shared is its maker's alone."""

    company_path: ClassVar[str | None] = None

    def visible_in(self, scope: Scope) -> Self:
        if scope.everything:
            return self
        if not scope.communities:
            return self.none()
        return self.filter(Q(community=None) | Q(community__in=scope.communities))

    def visible_to(self, user: Any) -> Self:
        seen = Q(shared=True) | Q(by=getattr(user, "pk", None))
        return self.visible_in(getattr(user, "scope", NOTHING)).filter(seen)

    def current(self) -> Self:
        return self.filter(archived_at=None)


class ProposedSites(Scoped[M]):
    company_path: ClassVar[str | None] = None

    def visible_to(self, user: Any) -> Self:
        """Of plans that the person sees, those of their communities."""
        seen = Q(plan__shared=True) | Q(plan__by=getattr(user, "pk", None))
        return super().visible_to(user).filter(seen)

    def standing(self) -> Self:
        """Those that are neither withdrawn nor refused nor retired."""
        return self.exclude(state__in=ENDED)

    def drawn(self) -> Self:
        """Those that the register does not know yet."""
        return self.standing().exclude(state__in=IN_REGISTER)


class OfProposals(Scoped[M]):
    """What belongs to a proposal, and is seen with it."""

    community_path: ClassVar[str] = "proposal__community"
    company_path: ClassVar[str | None] = None

    def visible_to(self, user: Any) -> Self:
        seen = Q(proposal__plan__shared=True) | Q(proposal__plan__by=getattr(user, "pk", None))
        return super().visible_to(user).filter(seen)


class Selections(Scoped[M]):
    """Seen with its plan. What it tells of estates is the plan's ground: of a plan of the whole
    office, only by who sees all of the office or asked for it."""

    community_path: ClassVar[str] = "plan__community"
    company_path: ClassVar[str | None] = None

    def visible_to(self, user: Any) -> Self:
        if getattr(user, "scope", NOTHING).nothing:
            return self.none()
        mine = Q(by=getattr(user, "pk", None))
        seen = Q(plan__shared=True) | Q(plan__by=getattr(user, "pk", None))
        return self.filter(seen & (mine | Q(pk__in=super().visible_to(user).values("pk"))))

    def lost(self, before: datetime) -> Self:
        """Begun, and not heard of since then."""
        return self.filter(state="running", seen_at__lt=before)


class SiteRules(QuerySet[M]):
    """The same for all who plan: no scope narrows them."""

    def in_force(self) -> Self:
        return self.filter(on=True)


class Counts(Scoped[M]):
    """Counts of e-bikes: of a place the latest goes."""

    def latest_each(self) -> Self:
        """One for each building, and one for each estate as a whole."""
        places = ("estate_id", "building_id")
        return self.order_by(*places, "-on", "-pk").distinct(*places)


class Assumptions(QuerySet[M]):
    """The same for all who plan: no scope narrows them."""
