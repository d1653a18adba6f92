"""That the month's supervision result was published."""

from django.db.models import Q

from campaign.metrics.counting import WHOLE, Counts, Span, metric, share
from geo.scope import Scope
from inspections.models import Paper, PaperKind


@metric(
    "supervision_publish",
    says_zh="期间由人签发、当日有效的全街道督导检查结果份数；系统自动生成、尚未签发的和已作废的不计。",
    says_en="Monthly supervision results of the whole office that somebody issued in the period"
    " and that were in force on that day; what was made by itself and nobody has signed yet, and"
    " what was void, does not count.",
)
def published(scope: Scope, span: Span) -> Counts:
    """Told to everyone of the office: it is published."""
    if scope.nothing:
        return {}
    stands = Q(voided_at=None) | Q(voided_at__gte=span.at)
    rows = Paper.objects.filter(stands, kind=PaperKind.OVERSIGHT, community=None)
    n = rows.filter(
        issued_by__isnull=False, issued_at__gte=span.begins, issued_at__lt=span.ends
    ).count()
    return {WHOLE: share(n, None)} if n else {}
