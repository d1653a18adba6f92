"""What a programme is to reach, and the pace so far."""

from datetime import date

from campaign.creation.forecast import Pace
from campaign.gathering import walks_of
from campaign.metrics import announced
from campaign.models import Enrolment, Programme, Target


def goal(programme: Programme, day: date) -> Target | None:
    """The target that holds on that day for how many estates are announced."""
    rows = Target.objects.filter(
        indicator__action__programme=programme, indicator__metric=announced.SLUG
    ).holding_on(day)
    return rows.first()


def pace(programme: Programme, day: date) -> Pace:
    """From all estates on the list, whoever asks: how long steps take tells nothing of any."""
    rows = Enrolment.objects.filter(programme=programme).listed_by(day)
    return Pace(walk for walk, _ in walks_of(rows, day).values())
