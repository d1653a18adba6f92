"""A version of the scoring standard from its file: published once, and never changed."""

from fractions import Fraction
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from campaign.creation.standard import WHOLE, Category, Item, Rule, Veto
from campaign.creation.standard import Standard as Described
from campaign.models import DeclaredVeto, Standard
from campaign.services.loading.files import Row, Sheet
from inspections import kinds
from inspections.services.content import canonical

_LONGEST_VETO = DeclaredVeto._meta.get_field("code").max_length or 0
# What a row of each kind must have beside its code and titles.
_NEEDED = {
    "standard": ("holds_from", "pass_mark"),
    "category": (),
    "item": ("points", "lasts_days"),
    "veto": ("rule",),
}


def publish(sheet: Sheet) -> tuple[bool, str]:
    """Whether it is new, and what stays as it is: a version that is there already with other
    content; or a later one, which an older would come before. What is wrong is named in the sheet:
    weights that are not 100 together, an inspection item that no kind asks."""
    if sheet.problems or not sheet.rows:
        return False, ""
    for row in sheet.rows:
        for name in _NEEDED[row.cells["row"]]:
            if row.cells[name] in (None, ""):
                sheet.blame(row.line, f"{name} {_('is needed')}")
    described = None if sheet.problems else _described(sheet)
    if described is None or sheet.problems:
        return False, ""
    description = described.describe()
    digest = sha256(canonical(description)).hexdigest()
    known = Standard.objects.filter(version=described.version).first()
    if known:
        other = _("version %s was published with other content") % known.version
        return False, other if known.sha256 != digest else ""
    newest = Standard.objects.order_by("holds_from").last()
    if newest and newest.holds_from >= described.holds_from:
        told = {"version": newest.version, "day": newest.holds_from}
        return False, _("version %(version)s holds from %(day)s already") % told
    Standard.objects.create(
        version=described.version,
        holds_from=described.holds_from,
        description=description,
        sha256=digest,
    )
    return True, ""


def _described(sheet: Sheet) -> Described | None:
    head, *others = sheet.rows
    if head.cells["row"] != "standard" or any(row.cells["row"] == "standard" for row in others):
        sheet.blame(head.line, _("the first row, and no other, is the standard itself"))
        return None
    asked = {item.code for kind in kinds.all() for item in kind.items}
    categories: list[tuple[Row, list[Item]]] = []
    vetoes = []
    seen: set[str] = set()
    for row in others:
        cells = row.cells
        if cells["code"] in seen:
            sheet.blame(row.line, _("%s stands there twice") % cells["code"])
        seen.add(cells["code"])
        for code in cells["codes"]:
            if code not in asked:
                sheet.blame(row.line, _("no inspection asks %s") % code)
        if cells["row"] == "category":
            categories.append((row, []))
        elif cells["row"] == "veto":
            vetoes.append(_veto(sheet, row))
        elif categories:
            categories[-1][1].append(_item(cells))
        else:
            sheet.blame(row.line, _("an item stands under a category"))
    described = Described(
        version=head.cells["code"],
        zh=head.cells["zh"],
        en=head.cells["en"],
        holds_from=head.cells["holds_from"],
        pass_mark=Fraction(head.cells["pass_mark"]),
        categories=tuple(
            Category(
                code=row.cells["code"],
                zh=row.cells["zh"],
                en=row.cells["en"],
                items=tuple(items),
            )
            for row, items in categories
        ),
        vetoes=tuple(vetoes),
    )
    if described.pass_mark > WHOLE:
        sheet.blame(head.line, _("the pass mark is at most 100"))
    if not any(veto.rule == Rule.DANGER for veto in vetoes):
        # S4 asks that there is none (`Need.NO_DANGER`), and knows of them by this veto alone.
        sheet.blame(head.line, _("an open finding of severity 1 must be a veto"))
    total = sum((category.weight for category in described.categories), Fraction())
    if total != WHOLE:
        sheet.blame(head.line, _("the points are %s together, not 100") % float(total))
    return described


def _item(cells: dict[str, Any]) -> Item:
    return Item(
        code=cells["code"],
        zh=cells["zh"],
        en=cells["en"],
        points=Fraction(cells["points"]),
        codes=cells["codes"],
        lasts_days=cells["lasts_days"],
        may_not_apply=cells["may_not_apply"],
        evidence_zh=cells["evidence_zh"],
        evidence_en=cells["evidence_en"],
    )


def _veto(sheet: Sheet, row: Row) -> Veto:
    cells = row.cells
    rule = Rule(cells["rule"])
    if bool(cells["codes"]) != (rule == Rule.FINDING):
        sheet.blame(row.line, _("codes and the rule “finding” go together"))
    if len(cells["code"]) > _LONGEST_VETO:
        sheet.blame(row.line, _("the code of a veto has at most %d characters") % _LONGEST_VETO)
    return Veto(
        code=cells["code"],
        zh=cells["zh"],
        en=cells["en"],
        rule=rule,
        codes=cells["codes"],
        lasts_days=cells["lasts_days"],
    )
