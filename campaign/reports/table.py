"""The board as a table to take away: a line for each indicator and place."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from campaign.models import Programme
from campaign.reports.board import board
from campaign.standing import Light
from geo.scope import Scope
from inspections.reports.workbook import Cell, Sheet

LIGHTS = {
    Light.DONE: _t("done"),
    Light.ON_PACE: _t("on pace"),
    Light.BEHIND: _t("behind"),
    Light.LATE: _t("late"),
    Light.NO_TARGET: _t("no target"),
    Light.NO_BASELINE: _t("no baseline"),
    Light.NO_DATA: _t("no data"),
}
# Which of them are wider than a number.
_WIDE = {0: 26, 1: 34, 2: 18, 3: 18}


def head() -> list[str]:
    return [
        *(_("special action"), _("indicator"), _("target"), _("community"), _("traffic light")),
        *(_("number"), _("of how many"), _("places that told nothing"), _("late since")),
    ]


def lines(
    scope: Scope, programme: Programme, day: date, asked: dict[int, dict[str, Any]]
) -> Iterator[list[Cell]]:
    """`asked`: what the API tells of each indicator, by its id."""
    told = board(scope, programme, day)
    named = {each["id"]: _either(each["name"], each["name_en"]) for each in told["communities"]}
    for action in told["actions"]:
        for indicator in action["indicators"]:
            about = asked[indicator["id"]]
            first = [
                f"{action['code']} {_either(action['zh'], action['en'])}",
                f"{about['code']} {_either(about['zh'], about['en'])}",
                _target(about),
            ]
            if indicator["whole"] is not None:
                yield [*first, _("all"), *_cell(indicator["whole"])]
            for cell in indicator["cells"]:
                yield [*first, named[cell["community"]], *_cell(cell)]


def sheets(programme: Programme, day: date, rows: Iterator[list[Cell]]) -> list[Sheet]:
    """The board, and of what and when it is."""
    columns = [(title, _WIDE.get(at, 12)) for at, title in enumerate(head())]
    about: list[list[Cell]] = [
        [_("programme"), str(programme)],
        [_("as of"), day],
    ]
    return [
        Sheet(_("Board"), columns, rows),
        Sheet(_("About"), [("", 16), ("", 60)], about, filtered=False),
    ]


def _cell(cell: dict[str, Any]) -> list[Cell]:
    light = "" if cell["light"] is None else str(LIGHTS[Light(cell["light"])])
    return [light, cell["n"], cell["of"], cell["missing"], cell["late_since"]]


def _target(about: dict[str, Any]) -> str:
    target = about["target"]
    says = str(_either(target["says_zh"], target["says_en"]))
    return f"{says} ({target['deadline']})" if target["deadline"] else says


def _either(zh: str, en: str) -> str:
    return en if get_language() == "en" and en else zh
