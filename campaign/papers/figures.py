"""What the supervision result of a month says: the board as of the month's last day."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.metrics import announced
from campaign.models import Indicator, Programme, Responsibility, Target
from campaign.models.programmes import Part
from campaign.reports import board
from campaign.standing import Light
from geo.models import Community
from geo.scope import Scope
from inspections.errors import PaperInvalid

# What an indicator's note says where the notice has its target in words only.
OUR_READING = "理解"
_BEFORE_ALL_OTHERS = (Light.LATE, Light.BEHIND)


def of_month(scope: Scope, month: str, community: Community | None) -> Mapping[str, Any]:
    """In that scope, or of a community of it, as of the month's last day; of a month that is not
    over, as of today. Raises PaperInvalid where there was no programme yet, and of a month that
    has not begun."""
    year, number = map(int, month.split("-"))
    last = date(year, number, monthrange(year, number)[1])
    today = timezone.localdate()
    if today < last.replace(day=1):
        raise PaperInvalid(fields={"edits.month": _("This month has not begun yet.")})
    day = min(last, today)
    programme = Programme.objects.issued_by(day).first()
    if programme is None:
        raise PaperInvalid(fields={"edits.month": _("There was no programme in that month.")})
    where = Scope(communities=frozenset({community.pk})) if community else scope
    made = board(where, programme, day)
    asked = Indicator.objects.asked_on(day).filter(action__programme=programme)
    indicators = {each.pk: each for each in asked.select_related("action")}
    held = Target.objects.filter(indicator__in=indicators).holding_on(day)
    targets = {each.indicator_id: each for each in held}
    told = [each for action in made["actions"] for each in action["indicators"]]
    leading = _leading(programme)
    return {
        "as_of": day,
        "programme": programme,
        "actions": [_action(each, leading) for each in made["actions"]],
        "lights": Counter(each["whole"]["light"] for each in told if each["whole"]),
        "asked": len(told),
        "late": list(_late(told, indicators, targets)),
        "communities": [_community(each, told, indicators) for each in made["communities"]],
        "standardised": next(
            (
                (each["whole"], targets.get(each["id"]))
                for each in told
                if indicators[each["id"]].metric == announced.SLUG
            ),
            (None, None),
        ),
        "notes": [
            (each.code, each.note_zh) for each in indicators.values() if OUR_READING in each.note_zh
        ],
    }


def _leading(programme: Programme) -> Mapping[str, str]:
    """By the code of an action, as the notice names them."""
    named: dict[str, list[str]] = {}
    rows = Responsibility.objects.filter(action__programme=programme, part=Part.LEAD)
    for code, name in rows.order_by("pk").values_list("action__code", "named"):
        named.setdefault(code, []).append(name)
    return {code: "、".join(names) for code, names in named.items()}


def _action(row: Mapping[str, Any], leading: Mapping[str, str]) -> dict[str, Any]:
    return {"code": row["code"], "zh": row["zh"], "lead": leading.get(row["code"], ""), **(
        row["whole"] or {"light": None, "n": 0, "of": 0, "late_since": None}
    )}  # fmt: skip


def _late(
    told: Sequence[Mapping[str, Any]],
    indicators: Mapping[int, Indicator],
    targets: Mapping[int, Target],
) -> Iterator[dict[str, Any]]:
    """Those late in all or in some community, and those behind, by whom they are late."""
    for each in told:
        whole = each["whole"]
        late = [cell for cell in each["cells"] if cell["light"] == Light.LATE]
        if whole and (whole["light"] in _BEFORE_ALL_OTHERS or late):
            yield {
                "indicator": indicators[each["id"]],
                "target": targets.get(each["id"]),
                "whole": whole,
                "since": min(
                    filter(None, (cell["late_since"] for cell in (whole, *late))), default=None
                ),
                "communities": [cell["community"] for cell in late],
            }


def _community(
    row: Mapping[str, Any],
    told: Sequence[Mapping[str, Any]],
    indicators: Mapping[int, Indicator],
) -> dict[str, Any]:
    cells = [
        (indicators[each["id"]].code, cell)
        for each in told
        for cell in each["cells"]
        if cell["community"] == row["id"] and cell["light"] is not None
    ]
    late = [(code, cell) for code, cell in cells if cell["light"] == Light.LATE]
    held = [cell for _code, cell in cells if cell["light"] != Light.NO_TARGET]
    return {
        "id": row["id"],
        "name": row["name"],
        "done": sum(cell["light"] == Light.DONE for cell in held),
        "of": len(held),
        "behind": sum(cell["light"] == Light.BEHIND for cell in held),
        "late": [code for code, _cell in late],
        "since": min(filter(None, (cell["late_since"] for _code, cell in late)), default=None),
    }
