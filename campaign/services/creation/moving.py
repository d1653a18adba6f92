"""An estate reaches a stage: by the table of moves, and with what each needs."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.creation import stages
from campaign.creation.stages import Need, Stage
from campaign.creation.walk import facts
from campaign.errors import CreationInvalid, StageLacks, StageNotAllowed
from campaign.gathering import Enrolled, gather, open_cases, standards_by
from campaign.models import Enrolment, StageMove
from campaign.services.creation.asked import kept_by, once
from campaign.services.fields import CampaignFields
from people.models import User

_FIELDS = {"to", "on", "note", "attachments", "announcement", "reason", "removed"}


def reach(*, enrolment: UUID, id: UUID, body: bytes, by: User) -> tuple[StageMove, bool]:
    """Raises BodyUnreadable, RecordedDifferently, EnrolmentNotFound, NotYoursToEnrol,
    CreationInvalid, StageNotAllowed, StageLacks."""

    @transaction.atomic
    def write(fields: CampaignFields, digest: str) -> StageMove:
        return _reached(kept_by(enrolment, by), id, fields, digest, by)

    return once(StageMove, id, body, by, write, enrolment_id=enrolment)


def _reached(row: Enrolment, id: UUID, fields: CampaignFields, digest: str, by: User) -> StageMove:
    fields.nothing_else(_FIELDS)
    to = fields.choice("to", [each.value for each in Stage], needed=True)
    on = fields.day("on")
    told = {
        "note": fields.text("note", most=500),
        "reason": fields.text("reason", most=300),
        "announcement": fields.text("announcement", most=60),
    }
    attachments = fields.attachments("attachments", by)
    removed = _removed(fields, to)
    today = timezone.localdate()
    if on and on > today:
        fields.blame("on", _("This day has not come yet."))
    if fields.wrong or on is None:
        raise CreationInvalid(fields=fields.wrong)
    enrolled = gather([row], standards_by(on), on)[0]
    last = row.moves.order_by("on", "at").values_list("on", flat=True).last() or row.enrolled_on
    if on < last:
        words = _("The stage before was reached on %s.") % last.isoformat()
        raise CreationInvalid(fields={"on": words})
    moves = {each.to.value: each for each in enrolled.walk.moves()}
    move = moves.get(to)
    if move is None:
        raise StageNotAllowed(stage=enrolled.walk.stage.value, may=list(moves))
    if enrolled.walk.stage == to and not removed:
        words = _("This estate was returned already: from here it can be taken off the list.")
        raise CreationInvalid(fields={"removed": words})
    lacking = _not_brought(move, told, brought=bool(attachments)) + _lacking(move, enrolled, on)
    if lacking:
        zh = (get_language() or "").startswith("zh")
        sentences = [stages.WORDS[need][0 if zh else 1] for need in lacking]
        raise StageLacks(needs=[need.value for need in lacking], lacking=sentences)
    made = StageMove.objects.create(
        id=id, enrolment=row, to=to, on=on, removed=removed, by=by, content_sha256=digest, **told
    )
    made.attachments.set(attachments)
    return made


def _removed(fields: CampaignFields, to: str) -> bool:
    """Whether the estate is taken off the list by it. What is wrong stands in the fields."""
    told = fields.content.get("removed", False)
    if not isinstance(told, bool):
        fields.blame("removed", _("True or false."))
    elif told and to and to != Stage.RETURNED:
        fields.blame("removed", _("An estate is taken off the list by going to SX alone."))
    return told is True


def _not_brought(move: stages.Allowed, told: dict[str, str], *, brought: bool) -> list[Need]:
    has = {
        Need.FILE: brought,
        Need.REASON: bool(told["reason"]),
        Need.ANNOUNCEMENT: bool(told["announcement"]),
    }
    return [need for need in move.needs if not has.get(need, True)]


def _lacking(move: stages.Allowed, enrolled: Enrolled, on: date) -> list[Need]:
    scored = enrolled.scored(standards_by(on), on)
    if scored is None:
        return [need for need in move.needs if need not in stages.BROUGHT]
    n = open_cases([enrolled.row.estate_id], on).get(enrolled.row.estate_id, 0)
    return stages.lacking(move, facts(scored, enrolled.walk, enrolled.evidence, on, n))
