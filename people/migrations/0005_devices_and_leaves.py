import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_a_person_has_a_full_name"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                (
                    "first_seen_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="first seen at"
                    ),
                ),
                (
                    "last_contact_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="last contact at"
                    ),
                ),
                (
                    "app_version",
                    models.CharField(blank=True, max_length=40, verbose_name="app version"),
                ),
                (
                    "user_agent",
                    models.CharField(blank=True, max_length=300, verbose_name="browser"),
                ),
                ("unsent", models.PositiveIntegerField(default=0, verbose_name="not yet sent")),
                (
                    "unsent_bytes",
                    models.PositiveBigIntegerField(default=0, verbose_name="bytes not yet sent"),
                ),
                (
                    "storage_used",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="storage used (bytes)"
                    ),
                ),
                (
                    "storage_quota",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="storage allowed (bytes)"
                    ),
                ),
                (
                    "persisted",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="storage is kept by the browser"
                    ),
                ),
                (
                    "clock_offset_s",
                    models.FloatField(blank=True, null=True, verbose_name="clock offset (s)"),
                ),
                (
                    "position_datum",
                    models.CharField(
                        choices=[
                            ("unchecked", "not checked"),
                            ("wgs84", "WGS-84"),
                            ("gcj02", "GCJ-02, shifted back by the tablet"),
                        ],
                        default="unchecked",
                        max_length=10,
                        verbose_name="positions are in",
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
                ),
                ("wiped_at", models.DateTimeField(blank=True, null=True, verbose_name="wiped at")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="devices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last used by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "device",
                "verbose_name_plural": "devices",
                "ordering": ["-last_contact_at"],
            },
        ),
        migrations.CreateModel(
            name="DeviceNameRevokedAtRevokedByWipedAtEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
                ),
                ("wiped_at", models.DateTimeField(blank=True, null=True, verbose_name="wiped at")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="name_revoked_at_revoked_by_wiped_at_events",
                        to="people.device",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(verbose_name="until")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leaves",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="on leave",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
            ],
            options={
                "verbose_name": "leave",
                "verbose_name_plural": "leaves",
                "ordering": ["-since"],
            },
        ),
        migrations.CreateModel(
            name="LeaveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(verbose_name="until")),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="on leave",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="people.leave",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wiped_at", None), ("revoked_at__isnull", False), _connector="OR"
                ),
                name="only_a_revoked_device_is_wiped",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_devicenamerevokedatrevokedbywipedatevent" ("name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "wiped_at") VALUES (NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."wiped_at"); RETURN NULL;',
                    hash="ee943a5d93414355dc9ffc4f811e91ad6692db4d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_110b2",
                    table="people_device",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="device",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."wiped_at" IS DISTINCT FROM (NEW."wiped_at"))',
                    func='INSERT INTO "people_devicenamerevokedatrevokedbywipedatevent" ("name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "wiped_at") VALUES (NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."wiped_at"); RETURN NULL;',
                    hash="4b12b4b6a1d984b49b6478378385bf4119d0f229",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a20bd",
                    table="people_device",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))),
                name="a_leave_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("stand_in")), _negated=True),
                name="nobody_stands_in_for_themselves",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leave",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_leaveevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "stand_in_id", "until") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."stand_in_id", NEW."until"); RETURN NULL;',
                    hash="6c15adea54b902fa5134cc7599859d6c67054757",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e3809",
                    table="people_leave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leave",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_leaveevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "stand_in_id", "until") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."stand_in_id", NEW."until"); RETURN NULL;',
                    hash="30d887c711db145de524fb45eb50dd4161844360",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b49fa",
                    table="people_leave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leave",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_leaveevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "stand_in_id", "until") VALUES (OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."stand_in_id", OLD."until"); RETURN NULL;',
                    hash="4d3114d1fe68b193209df1b40214e09f7a41ad84",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_719aa",
                    table="people_leave",
                    when="AFTER",
                ),
            ),
        ),
    ]
