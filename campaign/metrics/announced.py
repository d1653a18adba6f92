"""Estates that were announced to be up to standard."""

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery

from campaign.creation.stages import Stage
from campaign.metrics.counting import Counts, Place, Span, metric, share
from campaign.models import Enrolment, StageMove, Target
from geo.scope import Scope
from inspections.overview.asked import day_before

SLUG = "safety_std_estates"


@metric(
    SLUG,
    says_zh="列入创建名单、到期末已达标公告（S10）且未被撤销的小区；公告日期晚于目标期限的不计，"
    "此前各阶段均不计。",
    says_en="Estates on the list that were announced (S10) by the last day and not withdrawn since."
    " Announced after the target's deadline, or in any stage before that, none counts.",
)
def announced(scope: Scope, span: Span) -> Counts:
    """Of every estate on the list, one or none. An announcement is of its own day, whenever it was
    entered. Of the span only the end matters: a list is of its programme, whenever that began."""
    day = day_before(span.ends)
    reached = StageMove.objects.filter(enrolment=OuterRef("pk"), on__lte=day)
    last = reached.order_by("-on", "-at", "-pk")
    rows = Enrolment.objects.visible_in(scope).listed_by(day)
    if span.programme is not None:
        rows = rows.filter(programme=span.programme)
    rows = rows.annotate(
        stage=Subquery(last.values("to")[:1]),
        announced_on=Subquery(last.values("on")[:1]),
        deadline=Subquery(_held_to(span).values("deadline")[:1], output_field=DateField()),
    )
    in_time = Q(deadline=None) | Q(announced_on__lte=F("deadline"))
    counts = Q(in_time, stage=Stage.ANNOUNCED.value)
    told = rows.order_by().values_list("estate__community", "estate")
    return {
        Place(community, estate): share(n, None)
        for community, estate, n in told.annotate(n=Count("pk", filter=counts))
    }


def _held_to(span: Span) -> QuerySet[Target]:
    """The target that holds on the day, of the enrolment's own programme."""
    rows = Target.objects.filter(
        indicator__metric=SLUG,
        indicator__action__programme=OuterRef("programme"),
        holds_from__lte=day_before(span.at),
    )
    return rows.order_by("-holds_from", "-at", "-pk")
