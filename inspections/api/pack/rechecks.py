"""Cases that an inspector has something to do with: handed back, to be looked at again; or just
reported, and perhaps put right on the spot."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from inspections import policy
from inspections.api.filters import Told
from inspections.api.layers import Layer
from inspections.api.serializers import address_of
from inspections.models import Case, Finding, Move, Photo, Source
from inspections.services.many import each_of
from inspections.workflow import FIXING, State
from people.models import User

STATES = (State.REPORTED, State.CHECKING)
MOST_PHOTOS = 3


class PhotoOfCase(Serializer[Any]):
    id = fields.UUIDField()
    small = fields.CharField(help_text=_("its address"), allow_null=True)
    bytes = fields.IntegerField(allow_null=True)
    taken_at = fields.DateTimeField(allow_null=True)


class RecheckProperties(Serializer[Any]):
    id = fields.UUIDField()
    number = fields.IntegerField()
    version = fields.IntegerField()
    state = fields.CharField()
    source = fields.ChoiceField(Source.choices)  # type: ignore[assignment]
    kind = fields.CharField()
    item = fields.CharField()
    title = fields.CharField()
    severity = fields.IntegerField()
    community = fields.IntegerField(source="community_id")
    estate = fields.IntegerField(source="estate_id", allow_null=True)
    asset = fields.IntegerField(source="asset_id", allow_null=True)
    reported_at = fields.DateTimeField()
    step_due_at = fields.DateTimeField(allow_null=True)
    due_at = fields.DateTimeField(allow_null=True)
    provisional = fields.BooleanField()
    reopened = fields.IntegerField()
    handler = fields.CharField(help_text=_("company, unit, community, or empty"))
    company_name = fields.CharField(source="company__name", allow_null=True)
    unit_name = fields.CharField(source="unit__name", allow_null=True)
    person_name = fields.CharField(source="person__name", allow_null=True)
    own_work = fields.BooleanField(
        help_text=_("this person said that it is put right: somebody else looks at it")
    )
    before = fields.ListField(source="*", child=PhotoOfCase(), help_text=_("three at most"))
    after = fields.ListField(
        source="*", child=PhotoOfCase(), help_text=_("as it was handed back; three at most")
    )
    note = fields.CharField(source="*", help_text=_("as it was handed back"))
    handed_back_at = fields.CharField(source="*", allow_null=True, help_text=_("a moment"))


class Rechecks(Layer):
    name, one = "rechecks", "recheck"
    id_type = UUID
    properties = RecheckProperties
    shape = "place"

    def rows(self, user: User) -> Any:
        mine = Move.objects.made().filter(case=OuterRef("pk"), by=user, name__in=FIXING)
        return Case.objects.visible_in(policy.scope_of_checks(user)).annotate(own_work=Exists(mine))

    def current(self, rows: Any, told: Told, user: User) -> Any:
        return rows.filter(state__in=STATES)

    def complete(self, page: list[dict[str, Any]], told: Told) -> None:
        ids = [each["id"] for each in page]
        before, answers = _before(ids), _answers(ids)
        after = _photos(move__in=each_of(move for move, _, _ in answers.values()))
        for each in page:
            move, each["note"], each["handed_back_at"] = answers.get(each["id"], ("", "", None))
            each["before"] = before[each["id"]][:MOST_PHOTOS]
            each["after"] = [photo for _, photo in after[move]][:MOST_PHOTOS]


def _before(cases: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """What showed each fault, those of its item first; of several findings, the first first."""
    rows = Finding.objects.filter(case__in=each_of(cases), inspection__in_force=True)
    photos = _photos(inspection__in=rows.order_by().values("inspection"))
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found = rows.order_by("recorded_at", "pk").values_list("case", "inspection", "item")
    for case, inspection, code in found:
        for wanted in (code, ""):
            of_it = [photo for item, photo in photos[str(inspection)] if item == wanted]
            told[str(case)] += of_it
    return told


def _answers(cases: Iterable[str]) -> dict[str, tuple[str, str, Any]]:
    """By case: the move that handed it back last, what it said, and when."""
    rows = Move.objects.made().filter(case__in=each_of(cases), name__in=["hand_back", "hear_done"])
    last = rows.order_by("case", "-version").distinct("case")
    return {
        str(case): (str(pk), note, made_at)
        for case, pk, note, made_at in last.values_list("case", "pk", "note", "made_at")
    }


def _photos(**of: Any) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """By record or move, each with its item. One of which nothing small is made yet is named all
    the same: another may be taken beside it."""
    rows = Photo.objects.filter(**of).exclude(type__startswith="video/")
    columns = ("inspection", "move", "item", "pk", "small_bytes", "taken_at")
    told = defaultdict(list)
    for inspection, move, item, pk, size, taken_at in rows.order_by("taken_at", "pk").values_list(
        *columns
    ):
        small = address_of(pk, "small") if size else None
        photo = {"id": str(pk), "small": small, "bytes": size, "taken_at": taken_at}
        told[str(inspection or move)].append((item, photo))
    return told


RECHECKS = Rechecks()
