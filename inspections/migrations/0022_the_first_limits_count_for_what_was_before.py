"""The limits to begin with count for all that was found before there were any."""

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import Min

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def from_the_beginning(apps, schema_editor):
    limits = apps.get_model("inspections", "Limit").objects
    for heading in limits.values("step", "kind", "item", "severity", "simple").annotate(
        first=Min("since")
    ):
        limits.filter(since=heading.pop("first"), **heading).update(since=LONG_AGO)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0021_a_limit_is_retired"),
    ]

    operations = [
        # Going back, they may stay as they are.
        migrations.RunPython(from_the_beginning, migrations.RunPython.noop),
    ]
