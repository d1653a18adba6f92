"""Of which data a reckoning is."""

from hashlib import sha256

from django.apps import apps
from django.db.models import Max

from geo import writes
from geo.scope import EVERYTHING
from planning.models import Plan, Proposal


def data_version(plan: Plan | None) -> str:
    """Another one as soon as something was written that demand or coverage is reckoned from."""
    drawn = () if plan is None else Proposal.objects.drawn().filter(plan=plan).order_by("pk")
    versions = [(str(each.pk), each.version) for each in drawn]
    # Their histories grow with every change.
    entered = [
        apps.get_model("planning", f"{name}Event").objects.aggregate(Max("pk"))["pk__max"]
        for name in ("EbikeCount", "Assumption", "SiteRule")
    ]
    said = repr((sorted(writes.counts(EVERYTHING).items()), versions, entered))
    return sha256(said.encode()).hexdigest()[:16]
