"""`manage.py demo`: the same again from the same wishes, and never where it may do harm."""

import hashlib
from datetime import date
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from campaign.models import Attachment
from geo.models import Asset, Building, Community, Estate, ExcludedArea, Exit, Office, Road
from inspections.models import (
    Case,
    Complainant,
    Complaint,
    Finding,
    Inspection,
    MaskedCopy,
    Move,
    Photo,
)
from inspections.models.summaries import EstateMonth
from inspections.services import photos
from planning.models import Document
from tests.factories import EstateFactory, MembershipFactory, UserFactory
from tests.pictures import held

UNTIL = date(2024, 12, 20)


@pytest.fixture
def demo(settings):
    """Runs the command as on a developer's machine."""
    settings.DEBUG = True

    def run(**wishes: object) -> str:
        told = StringIO()
        with translation.override("en"):
            call_command("demo", **{"inspections": 60, "until": UNTIL, **wishes}, stdout=told)
        return told.getvalue()

    return run


@pytest.mark.slow
def test_the_same_wishes_give_the_same_rows_and_nothing_stays_switched_off(
    db, demo, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    before = watched()
    demo()
    assert watched() == before
    first = dump()
    with pytest.raises(CommandError, match="--replace"):
        demo()
    visitor = UserFactory(username="visitor")
    MembershipFactory(user=visitor, community=Community.objects.first())
    Estate.objects.update(households=1)
    taken = held("0" * 64, 5)
    photos.hold(taken, sender=visitor, entry=uuid4(), photo=uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        demo(replace=True)
    assert dump() == first
    here = {each.name for each in tmp_path.rglob("*") if each.is_file()}
    shown = [
        name
        for copy in MaskedCopy.objects.select_related("photo")
        for whole in [copy.photo]
        for name in (copy.file, copy.small, whole.small, whole.large, whole.unnamed)
    ]
    assert here == {
        *Photo.objects.exclude(sha256=taken.sha256).values_list("sha256", flat=True),
        *Document.objects.values_list("sha256", flat=True),
        *Attachment.objects.values_list("sha256", flat=True),
        *(Path(each).name for each in shown),
    }
    assert visitor.memberships.count() == 1


def dump() -> dict[str, str]:
    """Table → hash of its rows."""
    rows: dict[str, str] = {}
    with connection.cursor() as cursor:
        for model in (
            *(Community, Estate, Building, Exit, Asset, Road, ExcludedArea),
            *(Inspection, Finding, EstateMonth, Case, Move, Complaint, Complainant, Photo),
        ):
            told = {field.column for field in model._meta.concrete_fields}
            columns = ", ".join(f'"{name}"' for name in sorted(told))
            table = model._meta.db_table
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}")
            rows[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return rows


def test_it_is_made_where_passwords_may_be_known_only(db, demo, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not Estate.objects.exists()


@pytest.mark.parametrize("real", ["estate", "person", "account"])
def test_it_is_never_put_among_real_data(db, demo, real):
    if real == "estate":
        EstateFactory(name="银星花园")
    elif real == "person":
        MembershipFactory()
    else:
        UserFactory(username="admin")
    before = Estate.objects.count()
    for wishes in ({}, {"replace": True}):
        with pytest.raises(CommandError, match="real data"):
            demo(**wishes)
    assert (Estate.objects.count(), Office.is_demonstration()) == (before, False)


def watched() -> list[tuple[str, ...]]:
    """Every constraint, index and trigger of the record's tables, as the database tells it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conname::text, pg_get_constraintdef(oid), convalidated::text FROM pg_constraint
             WHERE conrelid IN ('inspections_inspection'::regclass, 'inspections_finding'::regclass)
            UNION ALL
            SELECT indexname, indexdef, '' FROM pg_indexes
             WHERE tablename IN ('inspections_inspection', 'inspections_finding')
            UNION ALL
            SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
             WHERE NOT tgisinternal
               AND tgrelid IN ('inspections_inspection'::regclass, 'inspections_finding'::regclass)
            ORDER BY 1, 2
            """
        )
        return cursor.fetchall()
