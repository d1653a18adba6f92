"""Which report an address names."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from campaign.api.asking import office
from campaign.errors import ProgrammeNotFound, ReportNotFound
from campaign.models import Programme
from campaign.monthly import Whose
from campaign.monthly.places import whose as whose_of
from campaign.standing.duties import due_on
from inspections.api.filters import Told
from people.models import User

KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=["community", "unit"])
MONTH = OpenApiParameter("month", str, OpenApiParameter.PATH, description="2024-12")


@dataclass(frozen=True, slots=True)
class Named:
    user: User
    programme: Programme
    month: date
    whose: Whose


def named(request: Request, month: str, kind: str, pk: int) -> Named:
    """Raises NotAllowed, ReportNotFound, ProgrammeNotFound."""
    user = office(request)
    told = Told(request.query_params)
    programme = told.text("programme")
    first = month_of(month)
    whose = whose_of(kind, pk, user.scope)
    if first is None or whose is None:
        raise ReportNotFound
    return Named(user, programme_of(first, programme), first, whose)


def month_of(told: str) -> date | None:
    """One that has begun."""
    try:
        first = date.fromisoformat(f"{told}-01")
    except ValueError:
        return None
    return first if date(2000, 1, 1) <= first <= timezone.localdate() else None


def programme_of(month: date, code: str) -> Programme:
    """The one named, or the latest that was out by the month's end."""
    rows = Programme.objects.issued_by(due_on(month))
    programme = (rows.filter(code=code) if code else rows).first()
    if programme is None:
        raise ProgrammeNotFound
    return programme
