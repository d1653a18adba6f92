"""A record's photos: named by the record, held by their bytes, whichever comes first."""

import uuid
from functools import partial

import pytest
from django.db import transaction

from inspections.models import Inspection, Photo
from inspections.services import photos
from inspections.services.photos import Evidence, Named
from tests.factories import InspectionFactory
from tests.pictures import held
from tests.test_delivery import at_once

pytestmark = pytest.mark.django_db

SHA = f"{1:064x}"


def named(n: int = 1, **changes) -> Named:
    told = {"id": uuid.uuid4(), "sha256": f"{n:064x}", "bytes": 10, "type": "image/jpeg"}
    return Named(**told | changes)


@pytest.fixture
def record(estate, people) -> Inspection:
    return InspectionFactory(estate=estate, inspector=people["inspector"])


def declare(record, *told: Named) -> Evidence:
    with transaction.atomic():
        return photos.declare({record.pk: told}, sender=record.inspector)[record.pk]


def bring(record, photo: Named, n: int = 1, sender=None) -> Photo:
    return photos.hold(
        held(f"{n:064x}", 10), sender=sender or record.inspector, entry=record.pk, photo=photo.id
    )


def missing(record) -> int:
    record.refresh_from_db()
    return record.photos_missing


def test_a_photo_that_its_record_names_first_is_missing_until_it_comes(record):
    photo = named()
    assert declare(record, photo) == Evidence(1, 0)
    assert missing(record) == 1
    assert bring(record, photo).inspection == record
    assert missing(record) == 0
    assert photos.evidence_of([record.pk]) == {record.pk: Evidence(1, 1)}


def test_a_photo_that_comes_before_its_record_is_held_at_once(record):
    photo = named()
    assert bring(record, photo).inspection is None
    assert declare(record, photo) == Evidence(1, 1)
    assert missing(record) == 0
    assert Photo.objects.get().inspection == record


def test_a_photo_brought_twice_is_counted_once(record):
    photo, other = named(1), named(2)
    declare(record, photo, other)
    for _ in range(3):
        bring(record, photo)
    assert missing(record) == 1


def test_a_correction_shows_the_photos_of_the_record_it_corrects(record):
    photo = named()
    declare(record, photo)
    bring(record, photo)
    correction = InspectionFactory(
        estate=record.estate,
        inspector=record.inspector,
        root=record.pk,
        supersedes=record.pk,
        reason="wrong lamp",
        in_force=False,
    )
    assert declare(correction, photo) == Evidence(1, 1)
    assert sorted(Photo.objects.values_list("entry", flat=True)) == sorted(
        [record.pk, correction.pk]
    )


def test_an_id_that_another_person_took_costs_a_record_nothing(record, people):
    photo = named()
    bring(record, photo, 7, sender=people["supervisor"])
    assert declare(record, photo) == Evidence(1, 0)
    bring(record, photo)
    assert missing(record) == 0


def test_the_hash_of_another_persons_photo_holds_nothing(record, people):
    bring(record, named(), sender=people["supervisor"])
    assert declare(record, named()) == Evidence(1, 0)


def test_other_bytes_than_the_record_names_are_refused(record):
    photo = named(1)
    declare(record, photo)
    with pytest.raises(photos.PhotoDiffers):
        bring(record, photo, 2)
    assert missing(record) == 1


@pytest.mark.django_db(transaction=True)
def test_records_and_photos_that_come_at_once_find_each_other(record):
    for turn in range(10):
        each = InspectionFactory(estate=record.estate, inspector=record.inspector)
        told = [named(turn * 10 + n) for n in range(4)]
        calls = [partial(declare, each, *told)]
        calls += [
            partial(bring, each, photo, turn * 10 + n) for n, photo in enumerate(told) for _ in "12"
        ]
        at_once(calls)
        assert photos.evidence_of([each.pk]) == {each.pk: Evidence(4, 4)}
        assert missing(each) == 0
