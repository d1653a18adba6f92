"""The whole demonstration, from an empty register to the last finding."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import partial

from django.db import connection, transaction

from geo.models import Community, Estate, Office
from inspections.demo import album, clearing, letters, masks, people, register, town, week
from inspections.demo.additions import Made, additions
from inspections.demo.beats import beat
from inspections.demo.casework import Casework
from inspections.demo.delivery import Delivery
from inspections.demo.handlers import Handlers
from inspections.demo.loading import unwatched
from inspections.demo.record import DAY_MS, Record, first_day
from inspections.demo.voices import Voices
from inspections.models import Case, Finding, Inspection, Move
from inspections.services import published_kinds
from people.models import Membership, Unit, User


class Stage(Enum):
    TOWN = auto()
    REGISTER = auto()
    INSPECTIONS = auto()
    PHOTOS = auto()
    KEYS = auto()
    MORE = auto()
    SUMS = auto()


# Told what is being done, how much of it is done, and how much there is.
Report = Callable[[Stage, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    estates: int
    inspections: int
    findings: int
    cases: int
    photos: int


def take_turn() -> None:
    """Waits until nobody else makes a demonstration. Within a transaction, to its end."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE geo_office IN SHARE ROW EXCLUSIVE MODE")


def stands() -> bool:
    """A demonstration, or what is left of one."""
    return Office.is_demonstration()


def is_in_use() -> bool:
    """The register, the record or the accounts are somebody's own."""
    if stands():
        return False
    return (
        Estate.objects.exists()
        or Inspection.objects.exists()
        or Membership.objects.exists()
        or Community.objects.filter(geom__isnull=False).exists()
        or User.objects.filter(username__in=people.SIGN_IN).exists()
    )


@transaction.atomic
def build(*, inspections: int, seed: int, until: date, report: Report) -> Built:
    """In place of an earlier demonstration, if there is one. `until` is the day the record ends:
    its last entries are of the evening before."""
    report(Stage.TOWN, 0, 1)
    communities = list(Community.objects.current().order_by("code"))
    planned = town.plan(seed, [each.provisional for each in communities])
    report(Stage.REGISTER, 0, 1)
    clearing.clear()
    entered = register.enter(planned, communities)
    staff = people.arrive(entered, first_day(until))
    beats = [beat(seed, entered, each) for each in published_kinds()]
    record = Record(seed, entered, staff.walkers, beats, until)
    handlers = Handlers(staff, Unit.objects.get(name=people.UNIT))
    casework = Casework(seed, handlers, record.end_ms)
    span = (record.end_ms - record.count * DAY_MS, record.end_ms)
    voices = Voices(seed, entered, staff, span, inspections)
    delivery = Delivery(record, casework, voices)
    with unwatched(*(model._meta.db_table for model in (Inspection, Finding, Case, Move))):
        for visits in record.chunks(inspections):
            delivery.take(visits)
            report(Stage.INSPECTIONS, delivery.inspections, inspections)
        photos = album.fill(seed, partial(report, Stage.PHOTOS))
        report(Stage.KEYS, 0, 1)
    delivery.finish()
    masks.cover()
    week.live(seed, entered, staff.walkers, until)
    letters.send(seed, staff)
    report(Stage.MORE, 0, 1)
    for each in additions:
        each.add(Made(seed, until, entered))
    report(Stage.SUMS, 0, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspections_learn_closings()")
        cursor.execute("SELECT inspections_sum_again()")
        cursor.execute("SELECT geo_count_writes(ARRAY['cases'], ARRAY[0])")
        cursor.execute("ANALYZE")
    Office.objects.update_or_create(pk=1, defaults={"demonstration": True})
    counts = (delivery.inspections, delivery.findings, casework.cases, photos)
    return Built(len(entered.estates), *counts)
