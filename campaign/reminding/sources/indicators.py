"""Targets with a deadline, and what is asked every month, as far as the board says that they are
not done."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from campaign.metrics import METRICS
from campaign.models import Indicator, Programme, Responsibility, Target
from campaign.models.programmes import Part, Whom
from campaign.reminding.owed import Owed, Whose, officers_of, owed_by, within
from campaign.reports import board, campaign_version
from campaign.standing import PERCENT, Level, Light, Recurrence
from campaign.standing.duties import due_on
from geo.scope import EVERYTHING, Scope
from people.models import Role

_DAY = timedelta(days=1)


_last: tuple[object, tuple[Owed, ...]] | None = None


@owed_by(Role.OFFICER, Role.UNIT)
def indicators(day: date, _scope: Scope) -> tuple[Owed, ...]:
    """Of everywhere, and kept in memory as long as the whole board would say the same."""
    global _last
    version = day, campaign_version(EVERYTHING)
    kept = _last
    if kept is None or kept[0] != version:
        kept = _last = version, tuple(_read(day))
    return kept[1]


def _read(day: date) -> Iterator[Owed]:
    """Of a community what is asked of it or within it, by its officers, where the action names the
    communities; of the whole by the units that lead, and where Xuntu knows none of these, by those
    that answer for it."""
    programmes = list(Programme.objects.issued_by(day))
    for programme in programmes:
        among = programme if len(programmes) > 1 else None
        asked = Indicator.objects.asked_on(day).filter(action__programme=programme)
        rows = {each.pk: each for each in asked.select_related("action__programme")}
        targets = {
            each.indicator_id: each
            for each in Target.objects.filter(indicator__in=rows).holding_on(day)
        }
        whose = _answering(programme)
        made = board(EVERYTHING, programme, day)
        names = {each["id"]: each for each in made["communities"]}
        for told in (each for action in made["actions"] for each in action["indicators"]):
            row, target = rows[told["id"]], targets.get(told["id"])
            units, communities = whose[row.action_id]
            if units and row.level == Level.SUBDISTRICT and told["whole"] is not None:
                whole = told["whole"]
                yield from _owed(row, target, whole, day, Whose(units=units), None, among)
            # What Xuntu counts nobody there enters, but for what it counts from ledgers; what it
            # counts of the whole, its unit sees to.
            metric = METRICS.get(row.metric)
            if not communities or (metric and metric.feed is None):
                continue
            cells = {each["community"]: each for each in told["cells"]}
            for id, name in names.items():
                cell = cells.get(id)
                if row.level == Level.SUBDISTRICT:
                    # A number for the whole is asked of communities only where they lead.
                    if units or row.unit != PERCENT:
                        continue
                    cell = cell or _NOTHING
                if cell is not None:
                    yield from _owed(row, target, cell, day, officers_of(id), name, among)


_NOTHING: Mapping[str, Any] = {
    "light": Light.NO_DATA, "n": None, "of": None, "late_since": None
}  # fmt: skip


def _owed(
    row: Indicator,
    target: Target | None,
    cell: Mapping[str, Any],
    day: date,
    whose: Whose,
    community: Mapping[str, Any] | None,
    among: Programme | None,
) -> Iterator[Owed]:
    """`among`: whose it is, where there are several programmes."""
    due = _due(row, target, cell, day)
    if due is None:
        return
    where = community or {"id": 0, "name": "", "name_en": ""}
    figure = _figure(cell)
    yield Owed(
        key=f"indicator:{row.pk}:{where['id']}",
        due_on=due,
        whose=whose,
        zh=_said(row.code, row.zh, where["name"], figure),
        en=_said(row.code, row.en, where["name_en"] or where["name"], figure),
        path=within(among, _path(row)),
    )


def _due(row: Indicator, target: Target | None, cell: Mapping[str, Any], day: date) -> date | None:
    """None where it is done or has not begun, or no day is asked."""
    light = cell["light"]
    if row.begins_on > day:
        return None
    if light == Light.DONE or (light == Light.NO_TARGET and cell["n"] is not None):
        return None
    if row.recurrence == Recurrence.MONTHLY:
        if light == Light.NO_TARGET:
            return None
        late: date | None = cell["late_since"]
        return late - _DAY if late else due_on(day.replace(day=1))
    return target.deadline if target else None


def _path(row: Indicator) -> str:
    """Where it is told; of what Xuntu counts itself, where it stands."""
    metric = METRICS.get(row.metric)
    if metric is None:
        return "/campaign/month/"
    return "/campaign/ledgers/" if metric.feed else f"/campaign/?action={row.action.code}"


def _said(code: str, title: str, where: str, figure: str) -> str:
    return " · ".join(filter(None, (f"{code} {title}", where, figure)))


def _figure(cell: Mapping[str, Any]) -> str:
    """So many, or so many of so many; nothing where nothing was told."""
    if cell["n"] is None:
        return ""
    return f"{cell['n']:g}" if cell["of"] is None else f"{cell['n']:g}/{cell['of']:g}"


def _answering(programme: Programme) -> Mapping[int, tuple[frozenset[int], bool]]:
    """By action: the units that see to it, and whether every community does."""
    leading: dict[int, set[int]] = defaultdict(set)
    others: dict[int, set[int]] = defaultdict(set)
    led, communities = set(), set()
    found: dict[int, tuple[frozenset[int], bool]] = defaultdict(lambda: (frozenset(), False))
    for each in Responsibility.objects.filter(action__programme=programme):
        if each.whom == Whom.COMMUNITIES:
            communities.add(each.action_id)
            if each.part == Part.LEAD:
                led.add(each.action_id)
        elif each.unit_id:
            (leading if each.part == Part.LEAD else others)[each.action_id].add(each.unit_id)
    for action in {*leading, *others, *communities}:
        units = leading[action] or (set() if action in led else others[action])
        found[action] = frozenset(units), action in communities
    return found
