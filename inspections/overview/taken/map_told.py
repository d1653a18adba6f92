"""What the map in one file says, in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, pgettext

from inspections import kinds
from inspections.models.findings import SEVERITIES as NAMED
from inspections.overview.figures import valued
from inspections.overview.frames import frames
from inspections.overview.hexagons import EDGE_M, hexagons
from inspections.overview.taken.colours import NOBODY, SEVERITIES, STEPS
from inspections.overview.taken.contents import Contents, between, number
from inspections.overview.taken.ground import geojson
from inspections.overview.taken.map_file import Told
from inspections.overview.taken.points import Points, points

# Of the slider: three years.
MOST_MONTHS = 36


def told(contents: Contents) -> Told:
    found = points(contents.scope, contents.asked)
    months = _months(contents)
    periods = [_whole(contents), *months[-MOST_MONTHS:]]
    return Told(
        lang="en" if contents.english else "zh-CN",
        title=contents.title,
        total=number(contents.total["value"]),
        unit=contents.said("unit"),
        between=between(contents.total["low"], contents.total["high"]),
        says=contents.said("says"),
        months=len(periods) - 1,
        marks=contents.marks,
        stamp=contents.stamp,
        notes=list(_notes(contents, found, len(months))),
        words={
            "time": pgettext("on the map", "Month"),
            "map": pgettext("on the map", "Map"),
            "legend": pgettext("on the map", "Legend"),
            "estates": pgettext("on the map", "Estates"),
            "estate": pgettext("on the map", "Estate"),
            "of": pgettext("on the map", "Counted"),
            "stamp": pgettext("on the map", "About this file"),
        },
        layers={
            "communities": pgettext("on the map", "Communities"),
            "roads": pgettext("on the map", "Roads"),
            "estates": pgettext("on the map", "Estates, by the measure"),
            "hexagons": pgettext("on the map", "Hexagons, whole period"),
            "findings": pgettext("on the map", "Findings"),
        },
        data=_data(contents, found, periods),
        photos=found.photos,
    )


def _data(
    contents: Contents, found: Points, periods: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    at = {row["key"]: n for n, row in enumerate(contents.estates)}
    codes = sorted({each.item for each in found.points})
    months = {period["key"]: n for n, period in enumerate(periods) if n}
    shown = contents.ground
    return {
        "words": _words(),
        "unit": contents.said("unit"),
        "counted": _counted(contents),
        "of_moment": contents.measure.of_moment,
        "none": NOBODY,
        "colours": STEPS,
        "scale": contents.measure.scale,
        "severities": SEVERITIES,
        "communities": _collection(geojson(each) for each in shown.communities.values()),
        "roads": _collection(geojson(each, rank=rank) for rank, each in shown.roads),
        "estates": _collection(
            geojson(shape, at=at[pk]) for pk, shape in shown.estates.items() if pk in at
        ),
        "hexagons": hexagons(contents.scope, contents.asked),
        "names": [
            [row["name"], contents.communities.get(row["key"], "")] for row in contents.estates
        ],
        "periods": periods,
        "items": [_item(code, contents.english) for code in codes],
        "findings": [
            [
                each.lon,
                each.lat,
                months.get(f"{each.found:%Y-%m}", 0),
                each.found.isoformat(),
                each.closed.isoformat() if each.closed else "",
                codes.index(each.item),
                each.severity,
                at.get(each.estate, -1),
                each.photos,
            ]
            for each in found.points
        ],
    }


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _whole(contents: Contents) -> dict[str, Any]:
    values = [
        [*(row[name] for name in ("value", "n", "of", "low", "high")), row["looked"]]
        for row in contents.estates
    ]
    said = pgettext("on the map", "Whole period")
    if contents.measure.of_moment:
        said = gettext("On %s") % contents.asked.as_of
    return {"key": "", "label": said, "total": contents.total["value"], "values": values}


def _months(contents: Contents) -> list[dict[str, Any]]:
    """Each with all of its estates."""
    asked = contents.asked
    told = frames(contents.scope, asked, "month", "window")
    column = {estate: n for n, estate in enumerate(told["estates"])}
    keys = [row["key"] for row in contents.estates]
    periods = []
    for n, step in enumerate(told["steps"]):
        of = told["of"][n] if told["of"] is not None else None
        row = told["n"][n]
        each = [(row[column[key]], of[column[key]] if of else None) for key in keys]
        all_of = sum(of) if of else None
        (total, *values) = valued(asked, [(sum(row), all_of), *each])
        looked = told["looked"][n]
        periods.append(
            {
                "key": step["key"],
                "label": step["key"],
                "total": total["value"],
                "values": [
                    [
                        *(one[name] for name in ("value", "n", "of", "low", "high")),
                        looked[column[key]],
                    ]
                    for one, key in zip(values, keys, strict=True)
                ],
            }
        )
    return periods


def _item(code: str, english: bool) -> str:
    for kind in kinds.all():
        for item in kind.items:
            if item.code == code:
                return f"{code} {item.en if english else item.zh}"
    return code


def _counted(contents: Contents) -> str:
    """Of a rate: what it was counted from."""
    per = contents.measure.per
    if per == "inspection":
        return gettext("{n} findings in {of} inspections")
    return gettext("{n} findings, {of} households") if per else ""


def _words() -> dict[str, Any]:
    return {
        "no_figure": gettext("Nothing to divide by: no figure"),
        "not_looked": gettext("Nobody looked within the interval of the kind"),
        "between": gettext("95 % between {low} and {high}"),
        "photo": gettext("Photo, masked"),
        "found_on": gettext("Found on {day}"),
        "closed_on": gettext("Closed on {day}"),
        "open": pgettext("of a finding", "Open"),
        "closed": pgettext("of findings", "Closed: hollow"),
        "below": gettext("less than {to}"),
        "from_to": gettext("{from} to less than {to}"),
        "from_on": gettext("{from} and more"),
        "shown": gettext("{when}: {total} {unit}; {n} as points"),
        "severities": [str(name) for _, name in NAMED],
        "hexagon": gettext("Hexagon with edges of %d m") % EDGE_M,
        "zoom_in": gettext("Zoom in"),
        "zoom_out": gettext("Zoom out"),
        "close": pgettext("verb", "Close"),
        "layers": pgettext("on the map", "Layers"),
    }


def _notes(contents: Contents, found: Points, months: int) -> Iterator[str]:
    if months > MOST_MONTHS:
        yield gettext(
            "The slider has the newest %(n)d months;"
            " %(left)d older ones are in the whole period only."
        ) % {"n": MOST_MONTHS, "left": months - MOST_MONTHS}
    if len(found.points) < found.of:
        yield gettext("Of %(of)d findings the newest %(n)d are shown as points.") % {
            "of": found.of,
            "n": len(found.points),
        }
    if found.photos or found.left_out:
        yield gettext(
            "Photos: %(n)d masked ones are in this file; %(left)d others of these findings are not."
        ) % {"n": len(found.photos), "left": found.left_out}
    if contents.measure.of_moment:
        yield gettext("Points are as of the day of the file, whatever month is chosen.")
    yield gettext(
        "Grey: nobody looked there within the kind's own interval. Ground: the office's register."
    )
