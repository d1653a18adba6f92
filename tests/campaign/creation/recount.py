"""The score of an estate once more, from the rows as they were recorded: one loop over each, and
nothing of `campaign.creation`."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.utils import timezone

from campaign.models import DeclaredVeto, Enrolment, Sheet, Standard
from inspections import kinds
from inspections.models import ClosedSpan, Finding, Inspection, Move

OF_ASSETS = {kind.slug for kind in kinds.all() if kind.asset}
ENDED = {"closed", "rejected", "void", "joined"}
SHARES = {"met": Fraction(1), "partly": Fraction(1, 2), "unmet": Fraction(0)}


def on(moment) -> date:
    return timezone.localdate(moment)


def recounted(row: Enrolment, day: date) -> tuple[float | None, list[str]]:
    """Its score, and the codes of what vetoes it."""
    standards = [each for each in Standard.objects.all() if each.holds_from <= day]
    standard = max(standards, key=lambda each: each.holds_from).description
    records = [
        each
        for each in Inspection.objects.filter(estate=row.estate, in_force=True)
        if on(each.recorded_at) <= day
    ]
    faults = [each for each in Finding.objects.filter(estate=row.estate) if is_open(each, day)]
    sheets = sorted(
        (each for each in Sheet.objects.filter(enrolment=row) if each.day <= day),
        key=lambda each: (each.day, each.recorded_at, each.pk),
    )
    earned = applicable = Fraction()
    for category in standard["categories"]:
        for item in category["items"]:
            points = Fraction(item["points"])
            if item["codes"]:
                share = of_site(row, item, records, faults, day)
            else:
                share = of_sheets(item, sheets, day)
            if share is not None:
                applicable += points
                earned += points * share
    score = round(float(earned * 100 / applicable), 2) if applicable else None
    return score, vetoes(row, standard, faults, day)


def is_open(finding: Finding, day: date) -> bool:
    if finding.advisory or not finding.in_force or on(finding.recorded_at) > day:
        return False
    for span in ClosedSpan.objects.filter(finding=finding):
        if on(span.closed_at) <= day < on(span.reopened_at):
            return False
    return finding.closed_at is None or on(finding.closed_at) > day


def of_site(row, item: dict[str, Any], records, faults, day: date) -> Fraction | None:
    first = day - timedelta(days=item["lasts_days"])
    answered = [
        (on(each.recorded_at), each.kind, code, each.answers[code])
        for each in records
        for code in item["codes"]
        if each.answers.get(code, "could_not_check") != "could_not_check"
    ]
    faulty = {each.item for each in faults} & set(item["codes"])
    if any(has_failed(row, code, day) for code in item["codes"]):
        return Fraction(0)
    if not answered or max(each[0] for each in answered) < first:
        return Fraction(0)
    in_play = set(faulty)
    for code in item["codes"]:
        judged = [each[0] for each in answered if each[2] == code and each[3] != "not_applicable"]
        ruled_out = [
            each[0]
            for each in answered
            if each[2:] == (code, "not_applicable") and each[1] not in OF_ASSETS
        ]
        if judged and max(judged) >= max([first, *ruled_out]):
            in_play.add(code)
    if not in_play:
        return None
    return Fraction(len(in_play) - len(faulty), len(in_play))


def has_failed(row, code: str, day: date) -> bool:
    failed: dict = {}
    for move in Move.objects.filter(
        case__estate=row.estate, case__item=code, standing="made"
    ).order_by("version"):
        if on(move.made_at) > day:
            continue
        if move.name in ("fail_check", "reopen"):
            failed[move.case_id] = True
        elif move.state_after in ENDED:
            failed[move.case_id] = False
    return any(failed.values())


def of_sheets(item: dict[str, Any], sheets, day: date) -> Fraction | None:
    graded = [each for each in sheets if item["code"] in each.answers]
    if not graded or graded[-1].day + timedelta(days=item["lasts_days"]) < day:
        return Fraction(0)
    grade = graded[-1].answers[item["code"]]["grade"]
    return None if grade == "na" else SHARES[grade]


def vetoes(row, standard: dict[str, Any], faults, day: date) -> list[str]:
    found = []
    for veto in standard["vetoes"]:
        if veto["rule"] == "danger":
            found += [veto["code"] for each in faults if each.severity == 1]
        elif veto["rule"] == "finding":
            found += [veto["code"] for each in faults if each.item in veto["codes"]]
        else:
            for each in DeclaredVeto.objects.filter(enrolment=row, code=veto["code"]):
                ends = [each.lifted.on] if hasattr(each, "lifted") else []
                if veto["lasts_days"]:
                    ends.append(each.since + timedelta(days=veto["lasts_days"] + 1))
                if each.since <= day and not any(end <= day for end in ends):
                    found.append(veto["code"])
    return sorted(found)
