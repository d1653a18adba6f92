"""A cell of the board opened: its places by name, with what each told."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from campaign.metrics import Share
from campaign.metrics.announced import SLUG
from campaign.models import Indicator, Target, Value
from campaign.reports.behind import Month, Of, PlaceRow, behind
from campaign.reports.cells import Told, told_cell
from campaign.reports.creation.coming import Coming, coming, expected_in
from campaign.reports.ground import Ground, ground_on
from campaign.reports.sources import Sources
from campaign.standing import WORST_FIRST, Level, Light
from geo.models import Estate, PropertyCompany
from geo.scope import Scope


class _Named(NamedTuple):
    name: str
    name_en: str
    community: int | None


# By place and month.
_Values = Mapping[tuple[Of, date | None], Value]
_WORST = {light: n for n, light in enumerate(WORST_FIRST)}


def rows_behind(
    scope: Scope, indicator: Indicator, community: int | None, day: date
) -> dict[str, Any] | None:
    """As `GET /api/v1/campaign/board/rows/` tells it; None where the scope has no such community.
    `community` None is all that it sees."""
    ground = ground_on(scope, day)
    if community is not None and community not in {each["id"] for each in ground.communities}:
        return None
    target = Target.objects.filter(indicator=indicator).holding_on(day).first()
    told = Told(indicator, target, Sources(scope, day, [indicator]).of(indicator), ground, day)
    opened = behind(told, community)
    values = _values(scope, indicator, day) if told.entered else {}
    names = _names(scope, ground, opened.rows)
    ahead = coming(scope, indicator.action.programme, day) if indicator.metric == SLUG else None
    by_estate = {each.estate: each for each in ahead or ()}
    rows = [_row(each, names, values, by_estate) for each in opened.rows]
    expected = None if ahead is None else expected_in(ahead, community)
    return {
        "cell": told_cell(opened.cell, expected),
        "month": told.month,
        "months": [_month(each, None, values) for each in opened.months],
        "rows": sorted(rows, key=_worst_first),
    }


def _values(scope: Scope, indicator: Indicator, day: date) -> _Values:
    held = Value.objects.visible_in(scope).filter(indicator=indicator).counting_on(day)
    return {
        (_of_value(each), each.period): each for each in held.select_related("by", "attachment")
    }


def _of_value(row: Value) -> Of:
    if row.company_id is not None:
        return Level.COMPANY, row.company_id
    if row.estate_id is not None:
        return Level.ESTATE, row.estate_id
    if row.community_id is not None:
        return Level.COMMUNITY, row.community_id
    return Level.SUBDISTRICT, None


def _names(scope: Scope, ground: Ground, rows: Iterable[PlaceRow]) -> Mapping[Of, _Named]:
    wanted = {each.of for each in rows}
    estates = [pk for level, pk in wanted if level == Level.ESTATE and pk is not None]
    companies = [pk for level, pk in wanted if level == Level.COMPANY and pk is not None]
    named: dict[Of, _Named] = {
        (Level.COMMUNITY, each["id"]): _Named(each["name"], each["name_en"], each["id"])
        for each in ground.communities
    }
    if estates:
        found = Estate.objects.visible_in(scope).filter(pk__in=estates).order_by()
        for pk, name, community in found.values_list("pk", "name", "community"):
            named[Level.ESTATE, pk] = _Named(name, "", community)
    if companies:
        for pk, name in PropertyCompany.objects.filter(pk__in=companies).values_list("pk", "name"):
            named[Level.COMPANY, pk] = _Named(name, "", None)
    return named


def _row(
    row: PlaceRow,
    names: Mapping[Of, _Named],
    values: _Values,
    ahead: Mapping[int, Coming],
) -> dict[str, Any]:
    level, pk = row.of
    known = ahead.get(pk) if pk is not None and level == Level.ESTATE else None
    named = names.get(row.of, _Named("", "", None))
    return {
        "level": level,
        "id": pk,
        "name": named.name,
        "name_en": named.name_en,
        "community": named.community,
        **_share(row.share),
        "light": row.light,
        "late_since": row.late_since,
        "counts": row.counts,
        "missing": row.missing,
        "creation": None if known is None else known.told,
        "value": _value(values.get((row.of, None))),
        "months": [_month(each, row.of, values) for each in row.months],
    }


def _month(month: Month, of: Of | None, values: _Values) -> dict[str, Any]:
    return {
        "month": f"{month.month:%Y-%m}",
        "due_on": month.due_on,
        **_share(month.share),
        "done": month.done,
        "value": None if of is None else _value(values.get((of, month.month))),
    }


def _share(share: Share | None) -> dict[str, float | None]:
    if share is None:
        return {"n": None, "of": None}
    return {"n": float(share.n), "of": None if share.of is None else float(share.of)}


def _value(row: Value | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "id": str(row.pk),
        "measured_on": row.measured_on,
        "source": row.source,
        "by_name": str(row.by),
        "attachment": str(row.attachment_id) if row.attachment_id else None,
        "attachment_name": row.attachment.name if row.attachment else None,
    }


def _worst_first(row: dict[str, Any]) -> tuple[int, int, str, str, int]:
    light = row["light"]
    worst = len(_WORST) if light is None else _WORST[Light(light)]
    since = "" if row["late_since"] is None else str(row["late_since"])
    return int(not row["counts"]), worst, since, row["name"], row["id"] or 0
