"""A small standard, whose scores can be reckoned in one's head, and evidence for it."""

from datetime import date
from fractions import Fraction
from uuid import UUID, uuid5

from campaign.creation.evidence import (
    Declared,
    Failed,
    Fault,
    Filled,
    Form,
    Grade,
    Look,
    Stretch,
)
from campaign.creation.standard import Category, Item, Rule, Standard, Veto

SPACE = UUID(int=7)


def id_of(name: str) -> UUID:
    return uuid5(SPACE, name)


def an_item(code: str, points: int, *codes: str, lasts: int = 90, na: bool = False) -> Item:
    return Item(
        code=code,
        zh=f"{code}中文",
        en=f"{code} in English",
        points=Fraction(points),
        codes=codes,
        lasts_days=lasts,
        may_not_apply=na,
    )


def a_standard(*items: Item, version: str = "1", holds_from: str = "2024-01-01") -> Standard:
    """Goals 40 on sheets, lifts 20 where there are any, lanes 30 and lamps 10 seen on site."""
    return Standard(
        version=version,
        zh="标准",
        en="standard",
        holds_from=date.fromisoformat(holds_from),
        pass_mark=Fraction(60),
        categories=(
            Category(
                code="C",
                zh="类",
                en="category",
                items=items
                or (
                    an_item("goals", 40, lasts=365),
                    an_item("lifts", 20, lasts=180, na=True),
                    an_item("lanes", 30, "XF-01", "XF-02", "XF-12"),
                    an_item("lamps", 10, "ZM-01", "ZM-06", lasts=60),
                ),
            ),
        ),
        vetoes=(
            Veto(code="V1", zh="一级隐患", en="danger", rule=Rule.DANGER),
            Veto(code="V3", zh="消火栓", en="hydrant", rule=Rule.FINDING, codes=("XF-18",)),
            Veto(code="V4", zh="火灾", en="fire", rule=Rule.DECLARED, lasts_days=365),
            Veto(code="V5", zh="造假", en="false records", rule=Rule.DECLARED),
        ),
    )


def day(told: str) -> date:
    return date.fromisoformat(told)


def looks(on: str, *codes: str, applies: bool = True, of_asset: bool = False) -> list[Look]:
    return [Look(code, day(on), applies, of_asset, id_of(f"look {on}")) for code in codes]


def a_stretch(since: str, until: str | None = None) -> Stretch:
    return Stretch(day(since), day(until) if until else None)


def a_fault(code: str, *open: Stretch, severity: int = 2) -> Fault:
    return Fault(id_of(f"{code} {open}"), code, severity, open, id_of(f"case {code}"), 23)


def a_failed(code: str, *so: Stretch) -> Failed:
    return Failed(id_of(f"case {code}"), 23, code, so)


def a_sheet(on: str, form: str = "self", version: str = "1", **grades: str) -> Filled:
    told = {code: Grade(grade) for code, grade in grades.items()}
    return Filled(id_of(f"{form} {on}"), Form(form), day(on), version, told, "officer")


def a_veto(code: str, since: str, lifted: str | None = None) -> Declared:
    told = (day(lifted), "note", "found to be none") if lifted else (None, "note")
    return Declared(id_of(code + since), code, day(since), *told)
