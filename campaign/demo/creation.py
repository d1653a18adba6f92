"""Estates of the demonstration on their way to standard: of every stage some, as of the evening of
the record or of 20 December 2024, whichever came first."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from campaign.creation.evidence import Form, Grade
from campaign.creation.score import Scored
from campaign.creation.stages import Stage
from campaign.creation.standard import Standard as Described
from campaign.gathering import gather, standards_by
from campaign.models import (
    Attachment,
    DeclaredVeto,
    Enrolment,
    Programme,
    Sheet,
    StageMove,
    Standard,
)
from campaign.services.attachments import attach
from geo.models import Estate
from inspections.demo.additions import Made
from inspections.demo.drawing import SCENES, picture
from people.models import Membership, Role, User

PROGRAMME = "晋政青〔2024〕68号"
LAST = date(2024, 12, 20)
LISTED = date(2024, 9, 2)
# Announced after the deadline, where the record goes on so long: they do not count.
AFTERWARDS = (date(2025, 1, 8), date(2025, 1, 15))
_S = Stage
# Of those with the best scores first; those with a veto come last, but for one of S8.
PLAN = (
    *(_S.ANNOUNCED, _S.ANNOUNCED, _S.NOTICE, _S.NOTICE, _S.FIXED),
    *(_S.REVIEWED, _S.REVIEWED, _S.REVIEWED, _S.APPLIED, _S.APPLIED),
    *(_S.ASSESSED, _S.ASSESSED, _S.ASSESSED),
    *(_S.SURVEYED, _S.SURVEYED, _S.SURVEYED, _S.SURVEYED),
    *(_S.RETURNED, _S.TRAINED, _S.TRAINED, _S.TRAINED, _S.PLANNED, _S.LISTED),
)
# Days that the step to a stage takes, at least and at most.
TOOK = {
    _S.PLANNED: (6, 12),
    _S.TRAINED: (8, 15),
    _S.SURVEYED: (16, 26),
    _S.ASSESSED: (5, 9),
    _S.APPLIED: (2, 4),
    _S.REVIEWED: (5, 9),
    _S.FIXED: (4, 8),
    _S.NOTICE: (1, 3),
    _S.ANNOUNCED: (7, 8),
}
WAY = tuple(TOOK)
NAMES = ("王", "陈", "林", "庄", "蔡", "许", "吴", "李", "张", "洪")
_SIDE = 480


@dataclass(slots=True)
class _Maker:
    chance: Random
    programme: Programme
    standard: Standard
    described: Described
    last: date
    clerk: User
    files: list[Attachment]

    def list_estates(self, estates: list[Estate]) -> list[Enrolment]:
        rows = [
            Enrolment(
                id=self.id(),
                programme=self.programme,
                estate=estate,
                person=f"{self.chance.choice(NAMES)}经理（演示）",
                enrolled_on=LISTED + timedelta(days=self.chance.randint(0, 6)),
                by=self.clerk,
            )
            for estate in estates
        ]
        for row in rows:
            row.at = _moment(row.enrolled_on)
        return Enrolment.objects.bulk_create(rows)

    def walk(self, row: Enrolment, to: Stage, until: date) -> dict[Stage, date]:
        """The day of every stage up to that one; a late beginning leaves less time."""
        target = _S.APPLIED if to == _S.RETURNED else to
        steps = WAY[: WAY.index(target) + 1] if target in WAY else ()
        ends = until - timedelta(days=self.chance.randint(0, 9))
        took = [self.chance.randint(*TOOK[step]) for step in steps]
        room = (ends - row.enrolled_on).days
        if sum(took) > room:
            took = [max(1, days * room // sum(took)) for days in took]
        days: dict[Stage, date] = {}
        for step, spent in zip(reversed(steps), reversed(took), strict=True):
            days[step] = ends
            ends -= timedelta(days=spent)
        if to == _S.RETURNED:
            days[_S.RETURNED] = min(days[_S.APPLIED] + timedelta(days=2), until)
        return dict(sorted(days.items(), key=lambda pair: pair[1]))

    def reach(self, row: Enrolment, days: dict[Stage, date]) -> None:
        moves = [
            StageMove(
                id=self.id(),
                enrolment=row,
                to=stage.value,
                on=on,
                by=self.clerk,
                at=_moment(on, 17 + n / 10),
                reason="演示：申报材料不全，退回补正" if stage == _S.RETURNED else "",
                announcement=self._number() if stage == _S.ANNOUNCED else "",
            )
            for n, (stage, on) in enumerate(days.items())
        ]
        StageMove.objects.bulk_create(moves)
        for move in moves:
            if move.to != _S.RETURNED.value:
                move.attachments.add(self.chance.choice(self.files))

    def fill(self, row: Enrolment, form: Form, day: date, good: float, by: User) -> Sheet:
        """Of everything that sheets ask, `good` is met."""
        answers = {}
        for code, item in self.described.graded.items():
            if item.may_not_apply and self.chance.random() < 0.3:
                grade = Grade.NA
            elif self.chance.random() < good:
                grade = Grade.MET
            else:
                grade = self.chance.choice((Grade.PARTLY, Grade.UNMET))
            answers[code] = {"grade": grade.value, "note": ""}
        at = _moment(day, 15)
        return Sheet.objects.create(
            id=self.id(),
            enrolment=row,
            form=form.value,
            day=day,
            standard=self.standard,
            answers=answers,
            sender=by,
            recorded_at=at,
            received_at=at,
            content={},
        )

    def id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _number(self) -> str:
        return f"晋建物安〔2024〕{self.chance.randint(100, 199)}号（演示）"


def enrol(made: Made) -> None:
    """After the notice and the standard were loaded."""
    last = min(made.until, LAST)
    programme = Programme.objects.filter(code=PROGRAMME).first()
    standard = Standard.objects.holding_by(last).last()
    clerk = User.objects.filter(username="clerk").first()
    if programme is None or standard is None or clerk is None or last < LISTED:
        return
    chance = Random(f"{made.seed} creation")  # noqa: S311
    files = list(_files(chance, clerk))
    maker = _Maker(chance, programme, standard, standard.described, last, clerk, files)
    rows = maker.list_estates(_estates(chance))
    supervisors = _by_community(Role.SUPERVISOR)
    officers = _by_community(Role.OFFICER)
    for row, stage in _stages(rows, last):
        community = row.estate.community_id
        days = maker.walk(row, stage, last)
        assessed = days.get(_S.ASSESSED)
        good = chance.uniform(0.86, 0.99) if assessed else chance.uniform(0.4, 0.8)
        if assessed or stage in (_S.SURVEYED, _S.TRAINED):
            by = officers.get(community, clerk)
            maker.fill(row, Form.SELF, (assessed or last) - timedelta(days=1), good, by)
        for form, reached in ((Form.REVIEW, _S.REVIEWED), (Form.RECHECK, _S.FIXED)):
            if reached in days:
                by = supervisors.get(community, clerk)
                maker.fill(row, form, days[reached], min(good + 0.05, 1), by)
        if stage == _S.NOTICE and made.until > AFTERWARDS[-1]:
            rest = [each for each in rows if each.moves.filter(on__in=AFTERWARDS).exists()]
            days[_S.ANNOUNCED] = AFTERWARDS[min(len(rest), 1)]
        maker.reach(row, days)
    _veto(maker)


def _stages(rows: list[Enrolment], day: date) -> Iterator[tuple[Enrolment, Stage]]:
    """One with a veto, the first here, is before S9; else those of which inspections speak well
    are far."""
    standards = standards_by(day)
    scored: list[tuple[Enrolment, Scored]] = []
    for each in gather(rows, standards, day):
        told = each.scored(standards, day)
        assert told is not None
        scored.append((each.row, told))
    scored.sort(key=lambda pair: (len(pair[1].vetoes), -pair[1].earned))
    one = next((row for row, told in scored if told.vetoes), scored[-1][0])
    yield one, _S.FIXED
    others = [row for row, _ in scored if row is not one]
    yield from zip(others, PLAN, strict=False)


def _veto(maker: _Maker) -> None:
    """Where inspections of so few estates found nothing that vetoes, somebody declared it."""
    rows = list(Enrolment.objects.filter(programme=maker.programme).order_by("pk"))
    standards, day = standards_by(maker.last), maker.last
    known = gather(rows, standards, day)
    if any(told and told.vetoes for told in (each.scored(standards, day) for each in known)):
        return
    fixed = next(each for each in known if each.walk.stage == _S.FIXED)
    DeclaredVeto.objects.create(
        id=maker.id(),
        enrolment=fixed.row,
        code="V5",
        since=fixed.walk.last.on,
        note="演示：消防控制室值班记录系事后补造",
        by=maker.clerk,
        at=_moment(fixed.walk.last.on),
    )


def _estates(chance: Random) -> list[Estate]:
    """The targets of the year, and four more."""
    rows = Estate.objects.current().exclude(company=None).select_related("community")
    targets = list(rows.targets_of(LAST.year).order_by("pk"))
    others = list(rows.exclude(target_year=LAST.year).order_by("pk"))
    return [*targets, *chance.sample(others, max(0, len(PLAN) + 1 - len(targets)))]


def _by_community(role: Role) -> dict[int, User]:
    rows = Membership.objects.filter(role=role, community__isnull=False).select_related("user")
    return {row.community_id: row.user for row in rows.order_by("-pk") if row.community_id}


def _files(chance: Random, by: User) -> Iterator[Attachment]:
    """Pictures that say that they are of the demonstration."""
    for n, scene in enumerate(SCENES, 1):
        file = io.BytesIO()
        drawn = picture(scene, str(chance.random()), mended=True)
        drawn.thumbnail((_SIDE, _SIDE))
        drawn.save(file, "JPEG", quality=80)
        body = file.getvalue()
        yield attach(
            id=UUID(int=chance.getrandbits(128), version=4),
            name=f"创建材料{n}（演示）.jpg",
            read=io.BytesIO(body).read,
            promised=len(body),
            by=by,
        )[0]


def _moment(day: date, hour: float = 9) -> datetime:
    at = datetime.combine(day, time()) + timedelta(hours=hour)
    return min(timezone.make_aware(at), timezone.now())
