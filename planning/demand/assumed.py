"""The numbers that nobody measured, by name."""

from dataclasses import dataclass
from typing import Any

from planning.models import Assumption, SiteRule


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is reckoned with. `rows`: how each is told, with its meaning, source and how sure."""

    ebikes_per_household: float
    raise_per_finding: float
    raise_most: float
    raise_within_m: float
    detour: float
    snap_m: float
    ports_per_ebike: float
    bays_per_ebike: float
    rows: tuple[dict[str, Any], ...]

    @property
    def ebikes_per_port(self) -> float:
        """How many e-bikes one port is reckoned for: what the target says, turned round."""
        return 1 / self.ports_per_ebike


# Where the office has switched the rule off, or taken its number away.
_TARGETS = {"ports_per_ebike": 0.30, "bays_per_ebike": 1.0}


def assumed() -> Assumed:
    rows = list(Assumption.objects.all())
    values = {row.name: row.value for row in rows}
    targets = dict(_TARGETS)
    ruled = SiteRule.objects.filter(measure__in=_TARGETS, limit__gt=0)
    targets.update({rule.measure: float(rule.limit or 0) for rule in ruled})
    told = [
        {
            "name": row.name,
            "value": row.value,
            "unit": row.unit,
            "sure": row.sure,
            "says_zh": row.zh,
            "says_en": row.en,
            "source_zh": row.source_zh,
            "source_en": row.source_en,
        }
        for row in rows
    ]
    return Assumed(**values, **targets, rows=tuple(told))
