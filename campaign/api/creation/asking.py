"""Who may ask about 创建, and of which programme."""

from datetime import date

from rest_framework.request import Request

from campaign.errors import ProgrammeNotFound
from campaign.models import Programme
from campaign.policy import may_see_creation
from inspections.api.filters import Told
from inspections.errors import NotAllowed
from people.api.authentication import person
from people.models import User


def concerned(request: Request) -> User:
    """The office, and companies of their own estates. Raises NotAllowed for anyone else."""
    user = person(request)
    if not may_see_creation(user):
        raise NotAllowed
    return user


def programme_of(told: Told, day: date) -> Programme:
    """The one that is named, or the latest that was out by the day. Raises ProgrammeNotFound."""
    code = told.text("programme")
    told.nothing_else({"programme", "as_of"})
    told.check()
    rows = Programme.objects.issued_by(day)
    programme = (rows.filter(code=code) if code else rows).first()
    if programme is None:
        raise ProgrammeNotFound
    return programme
