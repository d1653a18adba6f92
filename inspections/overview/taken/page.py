"""The overview on one page (A4, PDF): map, figures, and what each of them means; by typst."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext, pgettext

from geo.models import Office
from inspections.overview.figures import figures
from inspections.overview.measures import MEASURES, Measure
from inspections.overview.taken import drawing
from inspections.overview.taken.colours import NOBODY, STEPS
from inspections.overview.taken.contents import Contents, between, number
from inspections.papers.fonts import SERIF, fonts
from inspections.papers.words import plain_throughout

TEMPLATE = Path(__file__).with_name("page.typ")


def pdf(contents: Contents) -> bytes:
    """In the active language. Raises NoFont where no font here has Chinese."""
    face = fonts()
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=face.found,
        format="pdf",
        sys_inputs={
            "page": json.dumps(_told(contents, face.heiti), ensure_ascii=False),
            "fonts": json.dumps({"heiti": face.heiti, "fallback": SERIF}),
        },
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


def _told(contents: Contents, font: str) -> dict[str, Any]:
    """As JSON, for the typesetter; what people wrote is cleared of what no page can show."""
    tables = [_by_community(contents, each) for each in MEASURES.values()]
    first, *_ = tables
    told: dict[str, Any] = plain_throughout(
        {
            "lang": "en" if contents.english else "zh",
            "region": "us" if contents.english else "cn",
            "issuer": Office.current_name(),
            "marks": contents.marks,
            "title": contents.title,
            "about": "　".join(f"{name} {value}" for name, value in contents.stamp[:2]),
            "total": number(contents.total["value"]),
            "unit": contents.said("unit"),
            "between": between(contents.total["low"], contents.total["high"]),
            "says": contents.said("says"),
            "map": _map(contents, font),
            "community": pgettext("on the map", "Community"),
            "columns": [contents.said("title", each) for each in MEASURES.values()],
            "totals": [gettext("All together"), *(_figure(table["total"]) for table in tables)],
            "rows": [
                [
                    row["name_en"] if contents.english and row["name_en"] else row["name"],
                    *(_figure(_of(table, row["key"])) for table in tables),
                ]
                for row in first["rows"]
            ],
            "meanings": [
                (
                    f"{contents.said('title', each)} ({contents.said('unit', each)})",
                    contents.said("says", each),
                )
                for each in MEASURES.values()
            ],
            "stamp": contents.stamp,
        }
    )
    return told


def _by_community(contents: Contents, measure: Measure) -> dict[str, Any]:
    return figures(contents.scope, contents.asked.with_measure(measure.slug), "community")


def _of(table: dict[str, Any], key: Any) -> dict[str, Any]:
    none: dict[str, Any] = {"value": None}
    return next((row for row in table["rows"] if row["key"] == key), none)


def _figure(told: dict[str, Any]) -> str:
    """With its interval, where it has one."""
    if told.get("low") is None:
        return number(told["value"])
    return f"{number(told['value'])} ({number(told['low'])}–{number(told['high'])})"


def _map(contents: Contents, font: str) -> dict[str, Any]:
    colours = {row["key"]: contents.colour(row) for row in contents.estates}
    drawn = drawing.draw(contents.ground, colours, english=contents.english, font=font)
    steps = zip(_steps(contents.measure), STEPS, strict=True)
    said = gettext("Scale 1:%d on A4. Drawn from the register in EPSG:4549; north is up.")
    return {
        "svg": drawn.svg,
        "width": drawing.WIDTH_MM,
        "height": drawing.HEIGHT_MM,
        "legend": [
            *((name, drawing.swatch(colour)) for name, colour in steps),
            (pgettext("on the map", "nobody looked"), drawing.swatch(NOBODY)),
        ],
        "about": said % drawn.scale,
    }


def _steps(measure: Measure) -> list[str]:
    """What each colour stands for, in the measure's unit."""
    breaks = [number(each) for each in measure.scale]
    between_two = [f"{low}–<{high}" for low, high in pairwise(breaks)]
    return [f"<{breaks[0]}", *between_two, f"≥{breaks[-1]}"]
