"""What becomes of values and enrolments when rows of the register turn out to be one. Called inside
the transaction of the merge; a value of an estate that moves goes along by its key."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Case, Model, When

from campaign.creation.stages import PROGRESS
from campaign.creation.walk import Walk
from campaign.gathering import walks_of
from campaign.models import Baseline, Enrolment, Value
from geo.models import Community, Estate, PropertyCompany

Moved = Mapping[type[Model], int]


def follow_estate(kept: Estate, twin: Estate) -> Moved:
    rows = Value.objects.filter(estate=twin)
    return {
        Value: rows.update(estate=kept, community=kept.community_id),
        Enrolment: _follow_enrolments(kept, twin),
    }


def _follow_enrolments(kept: Estate, twin: Estate) -> int:
    """Where both are on the list of a programme, the one that came further stays there; the other
    goes with the estate that is gone, and is listed no more."""
    n = 0
    rows = Enrolment.objects.filter(estate__in=[kept, twin]).order_by("pk")
    walks = walks_of(rows, date.max)
    of_programme: dict[int, dict[int, Enrolment]] = {}
    for row in rows:
        of_programme.setdefault(row.programme_id, {})[row.estate_id] = row
    for several in of_programme.values():
        here, there = several.get(kept.pk), several.get(twin.pk)
        if there is None:
            continue
        if here and _far(walks[here.pk][0]) >= _far(walks[there.pk][0]):
            continue
        both = [each.pk for each in (here, there) if each]
        # In one statement: they change places.
        other = Case(When(estate=kept.pk, then=twin.pk), default=kept.pk)
        n += Enrolment.objects.filter(pk__in=both).update(estate=other)
    return n


def _far(walk: Walk) -> int:
    return PROGRESS[walk.stage]


def follow_company(kept: PropertyCompany, twin: PropertyCompany) -> Moved:
    return {Value: Value.objects.filter(company=twin).update(company=kept)}


def follow_community(kept: Community, twin: Community) -> Moved:
    """Those of an estate went along with it."""
    Baseline.objects.filter(community=twin).update(community=kept)
    return {Value: Value.objects.filter(community=twin, estate=None).update(community=kept)}
