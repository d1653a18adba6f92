"""Cases of the demonstration: as the services themselves would have left them."""

import hashlib
from collections import Counter, defaultdict
from datetime import time
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone
from PIL import Image
from PIL.ExifTags import GPS, IFD

from geo.scope import EVERYTHING
from inspections.models import (
    Case,
    CaseSpan,
    Complainant,
    Complaint,
    Finding,
    Handler,
    MaskedCopy,
    Move,
    Photo,
)
from inspections.overview import Asked
from inspections.overview.taken.points import points
from inspections.services import declared
from inspections.services.cases.clocks import set_clocks
from inspections.services.cases.standing import tell_all_anew
from inspections.services.content import canonical
from inspections.services.evidence.pairs import pictures_of
from inspections.services.fields import Fields
from inspections.workflow import ENDED, FIXING, MOVES, Effect, Need, State
from people.models import Membership, Role

CLOCKS = ("assigned_at", "step_began_at", "step_due_at", "due_at", "first_due_at", "provisional")


@pytest.fixture
def in_town(demo_town, db):
    """A test's own transaction inside the town's."""


@pytest.fixture
def lives(in_town) -> list[tuple[Case, list[Move]]]:
    moves = defaultdict(list)
    for move in Move.objects.made().order_by("case", "version"):
        moves[move.case_id].append(move)
    return [(case, moves[case.pk]) for case in Case.objects.order_by("number")]


def test_every_move_leads_from_where_its_case_was_to_where_it_is(lives):
    for case, moves in lives:
        state, handled, again = State.REPORTED, False, 0
        for version, move in enumerate(moves, 1):
            kind = MOVES[move.name]
            assert move.state_before == state, (case, move)
            assert state in kind.since, (case, move)
            handled = handled or move.name == "assign"
            state = kind.leads_to(handled=handled)
            again += kind.effect is Effect.AGAIN and kind.to is not State.REPORTED
            assert (move.version, move.seen, move.state_after) == (version, version - 1, state)
        assert (case.state, case.version, case.reopened) == (state, len(moves), again)
        assert (case.ended_at is not None) == (state in ENDED)
        assert bool(case.handler) == handled


def test_how_they_stood_on_every_day_is_what_their_moves_tell(in_town):
    told = ("case", "since", "until", "state", "company", "reopened", "ended_at", "due_at")
    rows = CaseSpan.objects.order_by("case", "since").values_list(*told, "step_due_at")
    kept = list(rows)
    assert len({case for case, *_ in kept}) == tell_all_anew() == Case.objects.count()
    assert list(rows.all()) == kept


def test_moves_follow_each_other_and_bring_what_they_need(lives):
    for case, moves in lives:
        before = case.opened_at
        fixers = set()
        for move in moves:
            needs = MOVES[move.name].needs
            assert move.recorded_at <= move.made_at, move
            assert before < move.made_at, (case, move)
            assert (Need.NOTE not in needs) or move.note or move.by is None, move
            assert (Need.UNTIL in needs) == ("until" in move.data), move
            assert Need.OTHER_EYES not in needs or move.by_id not in fixers, move
            if move.name in FIXING:
                fixers.add(move.by_id)
            before = move.made_at


def test_deadlines_are_the_clocks_own(lives):
    for case, moves in lives:
        told = {name: getattr(case, name) for name in CLOCKS}
        set_clocks(case, moves, case.opened_at)
        assert {name: getattr(case, name) for name in CLOCKS} == told, case


def test_findings_are_closed_as_their_cases_are(in_town):
    assert Finding.objects.filter(advisory=True, case__isnull=False).count() == 0
    counted = Finding.objects.filter(in_force=True, advisory=False)
    assert not counted.filter(case=None).exists()
    ended = Q(case__ended_at__isnull=False)
    assert not counted.filter(ended, closed_at=None).exists()
    assert not counted.filter(~ended, closed_at__isnull=False).exists()
    assert not counted.filter(ended).exclude(closed_at=F("case__ended_at")).exists()
    for case in Case.objects.filter(state="joined"):
        assert not case.findings.exists()
        assert case.joined_to.state != State.JOINED
        (move,) = case.moves.filter(name="join")
        assert Finding.objects.filter(pk__in=move.data["findings"], case=case.joined_to).exists()


def test_who_has_it_in_hand_answers_for_it(in_town):
    held = {
        (each.user_id, each.role, each.company_id, each.unit_id, each.community_id)
        for each in Membership.objects.all()
    }
    answers = Move.objects.filter(name__in=["claim", "hand_back"]).select_related("case")
    assert answers.exists()
    for move in answers:
        case = move.case
        after = case.moves.filter(name="assign", version__lt=move.version).order_by("version")
        told = after.last().data["handler"]
        role = {"company": Role.COMPANY, "unit": Role.UNIT, "community": Role.OFFICER}[told["kind"]]
        place = case.community_id if told["kind"] == Handler.COMMUNITY else None
        assert (move.by_id, role, told["company"], told["unit"], place) in held, move


def test_what_was_sent_can_be_read_again(in_town):
    for move in Move.objects.all()[:50]:
        sent = canonical(move.content)
        assert move.content["move"] == move.name
        assert canonical(move.content) == sent
    numbers = Case.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, Case.objects.count() + 1))


def test_some_cases_have_photos_that_came_as_any_photo_does(in_town):
    shown = Photo.objects.select_related("inspection", "move", "sender")
    cases = set(Case.objects.filter(findings__inspection__photos__in=shown))
    assert 6 <= len(cases) <= 36 < Case.objects.count()
    for photo in shown:
        entry = photo.inspection or photo.move
        fields = Fields(entry.content)
        (named,) = (each for each in declared.read(fields) if each.id == photo.pk)
        assert fields.wrong == {}
        assert entry.content_sha256 == hashlib.sha256(canonical(entry.content)).hexdigest()
        assert (named.sha256, named.bytes) == (photo.sha256, photo.bytes)
        assert (named.taken_at, named.pair) == (photo.taken_at, photo.pair)
        assert photo.taken_at < entry.recorded_at <= photo.held_at == photo.declared_at
        with photo.open_original() as file:
            body = file.read()
            assert hashlib.sha256(body).hexdigest() == photo.sha256
            gps = Image.open(BytesIO(body)).getexif().get_ifd(IFD.GPSInfo)
        assert 0 <= gps[GPS.GPSImgDirection] < 360
        assert (photo.place_agrees, photo.time_agrees != "unknown") == ("agrees", True)


def test_what_is_taken_away_shows_the_photos_that_are_masked(in_town):
    masked = MaskedCopy.objects.select_related("photo__inspection", "made_by")
    assert 2 <= masked.count() <= 6
    for copy in masked:
        assert (copy.made_by.username, copy.photo.problem) == ("supervisor", "")
        assert copy.photo.community_id in copy.made_by.scope.communities
        with default_storage.open(copy.file) as file, Image.open(file) as picture:
            ((left, top, width, height),) = copy.boxes
            middle = (left + width / 2) * picture.width, (top + height / 2) * picture.height
            assert max(picture.getpixel(tuple(map(int, middle)))) < 10
    shown = points(EVERYTHING, Asked(as_of=timezone.localdate()))
    assert len(shown.photos) == masked.count()


def test_what_was_put_right_is_shown_from_nearly_the_same_place(in_town):
    answers = Photo.objects.filter(move__isnull=False).select_related("move__case")
    assert answers.exists()
    for photo in answers:
        (pair,) = pictures_of(photo.move.case).pairs
        assert (pair.confirmed, pair.after, pair.before.item) == (
            True,
            photo,
            photo.move.case.item,
        )
        assert pair.distance_m < 12
        assert pair.minutes > 0


def test_what_residents_said_has_cases_and_is_answered_by_the_end_of_the_day(in_town):
    assert Complaint.objects.count() >= 24
    for each in Complaint.objects.select_related("case"):
        assert (each.case_id, each.case.source) == (Case.id_of(each.pk), "complaint")
        assert each.received_at == each.case.reported_at
        assert each.entered_at == each.case.opened_at
        assert timezone.localtime(each.reply_due_at).time() == time(23, 59, 59)
        assert timezone.localdate(each.reply_due_at) == timezone.localdate(each.received_at)
    assert all(each.phone.startswith("100") for each in Complainant.objects.all())


def test_most_are_closed_and_the_others_stand_at_every_step(in_town):
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states["closed"] > states.total() / 3
    assert len(states.keys() - {"closed"}) > 5
