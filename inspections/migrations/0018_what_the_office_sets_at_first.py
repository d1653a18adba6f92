"""Limits, rules and series to begin with: the office changes them in its registers."""

from django.db import migrations

PROPOSAL = "管理建议"
NOTICE = "晋政青〔2024〕68号 二(三)"
# Step, severity, simple, counted in, number, basis.
LIMITS = (
    ("whole", None, True, "same_day", 0, NOTICE),
    ("whole", 1, False, "hours", 24, PROPOSAL),
    ("whole", 2, False, "working_days", 3, PROPOSAL),
    ("whole", 3, False, "working_days", 7, PROPOSAL),
    ("reply", None, False, "same_day", 0, NOTICE),
    ("intake", None, False, "working_hours", 4, PROPOSAL),
    ("intake", 1, False, "hours", 1, PROPOSAL),
    ("dispatch", None, False, "working_hours", 4, PROPOSAL),
    ("dispatch", 1, False, "hours", 1, PROPOSAL),
    ("claim", None, False, "working_hours", 8, PROPOSAL),
    ("claim", 1, False, "hours", 2, PROPOSAL),
    ("handling", None, True, "same_day", 0, NOTICE),
    ("handling", 1, False, "hours", 12, PROPOSAL),
    ("handling", 2, False, "working_days", 2, PROPOSAL),
    ("handling", 3, False, "working_days", 5, PROPOSAL),
    ("checking", None, False, "working_days", 1, PROPOSAL),
    ("checking", 1, False, "hours", 4, PROPOSAL),
    ("decision", None, False, "working_hours", 8, PROPOSAL),
)
# Rung, set off by, number, days, severity.
LADDER = (
    ("reminder", "overdue", 0, None, None),
    ("reminder", "unclaimed", 0, None, None),
    ("reminder", "repeated", 2, 90, None),
    ("notice", "severe", 0, None, 2),
    ("notice", "ignored", 3, None, None),
    ("talk", "unmet", 2, 90, None),
)
SERIES = (
    ("record", "青街查"),
    ("notice", "青街改"),
    ("recheck", "青街复"),
    ("reminder", "青街提"),
    ("talk", "青街约"),
    ("bulletin", "青街通"),
)
KEPT = (
    ("originals", 365, PROPOSAL),
    ("unused", 365, PROPOSAL),
    ("complainants", 365, PROPOSAL),
    ("refused", 180, PROPOSAL),
    ("deliveries", 90, PROPOSAL),
)


def begin(apps, schema_editor):
    def make(model, names, rows):
        table = apps.get_model("inspections", model)
        table.objects.bulk_create(
            [table(**dict(zip(names, row, strict=True))) for row in rows], ignore_conflicts=True
        )

    make("Limit", ("step", "severity", "simple", "measure", "amount", "basis"), LIMITS)
    make("LadderRule", ("rung", "trigger", "amount", "days", "severity"), LADDER)
    make("Series", ("kind", "code"), SERIES)
    make("Retention", ("of", "days", "basis"), KEPT)
    make("DispatchRule", ("rank", "handler"), ((900, "company"), (999, "community")))


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0017_a_case_follows_its_estate"),
    ]

    operations = [
        # Going back drops the tables with what stands in them.
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
