"""The page of a sealed file that a person reads: the whole chain of a case, with its pictures,
in the office's language. It asks for nothing outside its own folder, and runs nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from inspections.errors import PhotoCut, PhotoTooLarge, PhotoUnreadable
from inspections.models import Case, Complaint, Finding, Inspection, Move, Paper, Photo
from inspections.models.words import MOVES, STATES
from inspections.services.evidence import words
from inspections.services.evidence.manifest import Absent
from inspections.services.evidence.pairs import Pair, Pictures, accuracy_of, place_of
from inspections.services.kinds import kind_of
from inspections.workflow import State
from people.models import User

TEMPLATE = "inspections/sealed.html"


@dataclass(frozen=True, slots=True)
class Told:
    """`files`: of each photo's id, where in the file its pictures stand."""

    case: Case
    at: datetime
    by: User
    findings: Sequence[Finding]
    records: Sequence[Inspection]
    moves: Sequence[Move]
    papers: Sequence[Paper]
    complaints: Sequence[Complaint]
    pictures: Pictures
    photos: Sequence[Photo]
    files: Mapping[str, Mapping[str, str]]


def written(told: Told, absent: Sequence[Absent]) -> bytes:
    with translation.override("zh-hans"):
        return render_to_string(TEMPLATE, _context(told, absent)).encode()


def _context(told: Told, absent: Sequence[Absent]) -> dict[str, Any]:
    case, photos = told.case, {each.pk: each for each in told.photos}
    gone = {each.sha256: str(words.ABSENT[each.why]) for each in absent}
    shown: dict[UUID, list[dict[str, Any]]] = {}
    for photo in photos.values():
        if of := photo.move_id or photo.complaint_id:
            shown.setdefault(of, []).append(_photo(photo, told, gone))
    return {
        "case": case,
        "state": STATES[State(case.state)],
        "handler": str(case.company or case.unit or case.get_handler_display()),
        "sealed_at": timezone.localtime(told.at),
        "sealed_by": str(told.by),
        "findings": [_finding(each, told.records) for each in told.findings],
        "complaints": [{"row": each, "photos": shown.get(each.pk, [])} for each in told.complaints],
        "moves": [_move(each, shown.get(each.pk, [])) for each in told.moves],
        "pairs": [_pair(each, told, gone) for each in told.pictures.pairs],
        "photos": [_photo(each, told, gone) for each in photos.values()],
        "records": told.records,
        "papers": told.papers,
        "absent": [(each, words.ABSENT[each.why]) for each in absent],
    }


def _finding(finding: Finding, records: Sequence[Inspection]) -> dict[str, Any]:
    record = next(each for each in records if each.pk == finding.inspection_id)
    asks = kind_of(record.kind_version).item(finding.item).zh
    return {"row": finding, "asks": asks, "record": record}


def _move(move: Move, photos: list[dict[str, Any]]) -> dict[str, Any]:
    said = [move.note, move.decision]
    return {
        "row": move,
        "name": MOVES.get(move.name, move.name),
        "by": str(move.by) if move.by else _("Xuntu itself"),
        "said": [each for each in said if each],
        "photos": photos,
    }


def _photo(photo: Photo, told: Told, gone: Mapping[str, str]) -> dict[str, Any]:
    files, place = told.files.get(str(photo.pk), {}), place_of(photo)
    return {
        "row": photo,
        "looked_at": files.get("large"),
        "original": files.get("original"),
        "gone": gone.get(photo.sha256, ""),
        "place": f"{place.y:.6f}, {place.x:.6f}" if place else "",
        "accuracy_m": accuracy_of(photo),
        "problem": _problem(photo.problem),
    }


def _pair(pair: Pair, told: Told, gone: Mapping[str, str]) -> dict[str, Any]:
    return {
        "row": pair,
        "wind": words.WINDS[round(pair.bearing / 45) % 8] if pair.bearing is not None else "",
        "sides": [
            (_("before"), _photo(pair.before, told, gone)),
            (_("after"), _photo(pair.after, told, gone)),
        ],
        "later": _span(pair.minutes),
    }


def _span(minutes: int | None) -> str:
    if minutes is None:
        return ""
    days, rest = divmod(abs(minutes), 1440)
    told = _("%(days)d d %(hours)d h %(minutes)d min") % {
        "days": days,
        "hours": rest // 60,
        "minutes": rest % 60,
    }
    return f"−{told}" if minutes < 0 else told


def _problem(code: str) -> str:
    known = {each.code: each.message for each in (PhotoCut, PhotoTooLarge, PhotoUnreadable)}
    return str(known.get(code, code))
