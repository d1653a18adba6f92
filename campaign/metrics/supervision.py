"""That the month's supervision result was published."""

from collections.abc import Sequence

from campaign.metrics.counting import METRICS, WHOLE, Counts, Metric, Span, share
from geo.scope import Scope
from inspections.models import Paper, PaperKind

SLUG = "supervision_publish"


def published_in_each(scope: Scope, spans: Sequence[Span]) -> list[Counts]:
    """Told to everyone of the office: it is published. One statement for all spans."""
    if scope.nothing or not spans:
        return [{} for _ in spans]
    rows = Paper.objects.filter(
        kind=PaperKind.OVERSIGHT,
        community=None,
        issued_by__isnull=False,
        issued_at__gte=min(span.begins for span in spans),
        issued_at__lt=max(span.ends for span in spans),
    )
    issued = list(rows.order_by().values_list("issued_at", "voided_at"))
    counts = [
        sum(span.begins <= at < span.ends and not (void and void < span.at) for at, void in issued)
        for span in spans
    ]
    return [{WHOLE: share(n, None)} if n else {} for n in counts]


def published(scope: Scope, span: Span) -> Counts:
    (told,) = published_in_each(scope, [span])
    return told


METRICS[SLUG] = Metric(
    SLUG,
    "期间由人签发、当日有效的全街道督导检查结果份数；系统自动生成、尚未签发的和已作废的不计。",
    "Monthly supervision results of the whole office that somebody issued in the period and that"
    " were in force on that day; what was made by itself and nobody has signed yet, and what was"
    " void, does not count.",
    published,
    of_whole=True,
    each=published_in_each,
)
