"""Devices, photos, proposals, rounds, and by which transaction a row was written."""

import uuid

import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import inspections.models.written


def xact_column(model):
    """First empty, then with its default: in one step a full table would be written anew."""
    table = f"inspections_{model}"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE {table} ADD COLUMN xact bigint;"
                f"ALTER TABLE {table} ALTER COLUMN xact"
                " SET DEFAULT (pg_current_xact_id()::text)::bigint",
                f"ALTER TABLE {table} DROP COLUMN xact",
            )
        ],
        state_operations=[
            migrations.AddField(
                model_name=model, name="xact", field=inspections.models.written.Xact()
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0006_places_proposed_from_the_field"),
        ("inspections", "0007_corrected_ones_have_an_index"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("entry", models.UUIDField(db_index=True, verbose_name="record")),
                ("item", models.CharField(blank=True, max_length=20, verbose_name="item")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("bytes", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("type", models.CharField(max_length=40, verbose_name="type")),
                (
                    "found_type",
                    models.CharField(blank=True, max_length=40, verbose_name="type found"),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("camera", "with the app's camera"),
                            ("picker", "chosen from the tablet"),
                            ("video", "as a video with the app's camera"),
                        ],
                        max_length=8,
                        verbose_name="taken",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="file name")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
                (
                    "location",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True, null=True, srid=4326, verbose_name="position"
                    ),
                ),
                (
                    "location_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gps", "by the receiver"),
                            ("manual", "set on the map"),
                            ("qr", "by a label"),
                            ("last_fix", "last position known"),
                        ],
                        max_length=10,
                        verbose_name="position from",
                    ),
                ),
                (
                    "accuracy_m",
                    models.FloatField(blank=True, null=True, verbose_name="accuracy (m)"),
                ),
                (
                    "declared_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="named at"),
                ),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="arrived at")),
                ("original", models.CharField(blank=True, max_length=200)),
                ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="width")),
                (
                    "height",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="height"),
                ),
                (
                    "exif_taken_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="time in the file"),
                ),
                (
                    "exif_location",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True, null=True, srid=4326, verbose_name="position in the file"
                    ),
                ),
                (
                    "place_agrees",
                    models.CharField(
                        choices=[
                            ("unknown", "unknown"),
                            ("agrees", "agrees"),
                            ("differs", "differs"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="place",
                    ),
                ),
                (
                    "time_agrees",
                    models.CharField(
                        choices=[
                            ("unknown", "unknown"),
                            ("agrees", "agrees"),
                            ("differs", "differs"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="time",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="derivatives made at"),
                ),
                ("small_bytes", models.PositiveIntegerField(blank=True, null=True)),
                ("large_bytes", models.PositiveIntegerField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=40, verbose_name="problem")),
                (
                    "xact",
                    inspections.models.written.Xact(
                        db_default=inspections.models.written.CurrentXact(),
                        editable=False,
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["taken_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("layer", models.CharField(max_length=20, verbose_name="layer")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="received at"
                    ),
                ),
                ("content", models.JSONField(verbose_name="as sent")),
                ("content_sha256", models.CharField(max_length=64)),
                ("device", models.UUIDField(blank=True, null=True, verbose_name="device")),
                (
                    "number",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="number on the device"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("merged", "merged"),
                            ("declined", "declined"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="standing",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=300, verbose_name="note of the clerk"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                (
                    "xact",
                    inspections.models.written.Xact(
                        db_default=inspections.models.written.CurrentXact(),
                        editable=False,
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-received_at"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40), size=None, verbose_name="kinds"
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(verbose_name="until")),
                ("shared", models.BooleanField(default=False, verbose_name="shared on purpose")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="given at"
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                ),
            ],
            options={
                "verbose_name": "round",
                "verbose_name_plural": "rounds",
                "ordering": ["-since", "name"],
            },
        ),
        migrations.CreateModel(
            name="RoundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40), size=None, verbose_name="kinds"
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(verbose_name="until")),
                ("shared", models.BooleanField(default=False, verbose_name="shared on purpose")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="given at"
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("device", models.UUIDField(blank=True, null=True, verbose_name="device")),
                ("entry", models.UUIDField(blank=True, null=True, verbose_name="record")),
                (
                    "photo",
                    models.UUIDField(blank=True, db_index=True, null=True, verbose_name="photo"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("type", models.CharField(blank=True, max_length=60, verbose_name="type")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="file name")),
                ("length", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("offset", models.PositiveBigIntegerField(default=0, verbose_name="bytes held")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="begun at"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                ("problem", models.CharField(blank=True, max_length=40, verbose_name="problem")),
            ],
            options={
                "verbose_name": "upload",
                "verbose_name_plural": "uploads",
                "ordering": ["-created_at"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="finding",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="finding",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="inspection",
            name="evidence_stays",
        ),
        migrations.AddField(
            model_name="finding",
            name="same_as",
            field=models.UUIDField(blank=True, null=True, verbose_name="seen before as"),
        ),
        xact_column("finding"),
        migrations.AddField(
            model_name="findingevent",
            name="same_as",
            field=models.UUIDField(blank=True, null=True, verbose_name="seen before as"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="building",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geo.building",
                verbose_name="building",
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="clock_offset_s",
            field=models.FloatField(blank=True, null=True, verbose_name="clock offset (s)"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="device",
            field=models.UUIDField(blank=True, null=True, verbose_name="device"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="doubts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=10),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="doubts",
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="floor",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="floor"
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="location_age_s",
            field=models.FloatField(blank=True, null=True, verbose_name="age of the position (s)"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="location_datum",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=10,
                verbose_name="datum of the position",
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="number",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="number on the device"
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="photos_missing",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, verbose_name="photos that have not arrived"
            ),
        ),
        xact_column("inspection"),
        migrations.AddField(
            model_name="inspection",
            name="zone",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=60,
                verbose_name="part of the estate",
            ),
        ),
        migrations.AddField(
            model_name="refused",
            name="device",
            field=models.UUIDField(blank=True, null=True, verbose_name="device"),
        ),
        migrations.AddField(
            model_name="refused",
            name="number",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="number on the device"
            ),
        ),
        migrations.AddField(
            model_name="refused",
            name="type",
            field=models.CharField(
                db_default="inspection", default="inspection", max_length=12, verbose_name="type"
            ),
        ),
        xact_column("refused"),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="written_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.xact = (pg_current_xact_id()::text)::bigint; RETURN NEW;",
                    hash="9dea88366f739bd303b1a21a3ff41191b542d791",
                    operation="UPDATE",
                    pgid="pgtrigger_written_anew_20da2",
                    table="inspections_finding",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."advisory" IS DISTINCT FROM (NEW."advisory") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."community_id" IS DISTINCT FROM (NEW."community_id") OR OLD."estate_id" IS DISTINCT FROM (NEW."estate_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."in_force" IS DISTINCT FROM (NEW."in_force") OR OLD."inspection_id" IS DISTINCT FROM (NEW."inspection_id") OR OLD."item" IS DISTINCT FROM (NEW."item") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."same_as" IS DISTINCT FROM (NEW."same_as") OR OLD."severity" IS DISTINCT FROM (NEW."severity"))',
                    func='INSERT INTO "inspections_findingevent" ("advisory", "asset_id", "closed_at", "community_id", "estate_id", "id", "in_force", "inspection_id", "item", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "same_as", "severity") VALUES (NEW."advisory", NEW."asset_id", NEW."closed_at", NEW."community_id", NEW."estate_id", NEW."id", NEW."in_force", NEW."inspection_id", NEW."item", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."recorded_at", NEW."same_as", NEW."severity"); RETURN NULL;',
                    hash="de03b9dcf475471f96d8b401c3c3510b71a4bb85",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_edce6",
                    table="inspections_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inspections_findingevent" ("advisory", "asset_id", "closed_at", "community_id", "estate_id", "id", "in_force", "inspection_id", "item", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "same_as", "severity") VALUES (OLD."advisory", OLD."asset_id", OLD."closed_at", OLD."community_id", OLD."estate_id", OLD."id", OLD."in_force", OLD."inspection_id", OLD."item", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."recorded_at", OLD."same_as", OLD."severity"); RETURN NULL;',
                    hash="da8b1178f5a40f48e478f34a2cc43143e35d3727",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1c623",
                    table="inspections_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspection",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."kind_version_id" IS DISTINCT FROM (NEW."kind_version_id") OR OLD."inspector_id" IS DISTINCT FROM (NEW."inspector_id") OR OLD."location_source" IS DISTINCT FROM (NEW."location_source") OR OLD."accuracy_m" IS DISTINCT FROM (NEW."accuracy_m") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."answers" IS DISTINCT FROM (NEW."answers") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."content_sha256" IS DISTINCT FROM (NEW."content_sha256") OR OLD."supersedes" IS DISTINCT FROM (NEW."supersedes") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."device" IS DISTINCT FROM (NEW."device") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."floor" IS DISTINCT FROM (NEW."floor") OR OLD."zone" IS DISTINCT FROM (NEW."zone") OR OLD."location_age_s" IS DISTINCT FROM (NEW."location_age_s") OR OLD."location_datum" IS DISTINCT FROM (NEW."location_datum") OR OLD."clock_offset_s" IS DISTINCT FROM (NEW."clock_offset_s"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="fe9a11808ca26d7091b06a78a4be8ca71119f2cf",
                    operation="UPDATE",
                    pgid="pgtrigger_evidence_stays_bffd7",
                    table="inspections_inspection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="inspection",
            trigger=pgtrigger.compiler.Trigger(
                name="written_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.xact = (pg_current_xact_id()::text)::bigint; RETURN NEW;",
                    hash="0411a408b382a5c25913e6c063bc99c729492005",
                    operation="UPDATE",
                    pgid="pgtrigger_written_anew_84bc4",
                    table="inspections_inspection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refused",
            trigger=pgtrigger.compiler.Trigger(
                name="written_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.xact = (pg_current_xact_id()::text)::bigint; RETURN NEW;",
                    hash="0decf3abb6ae7ad0d20a58caccc08adaf76e107c",
                    operation="UPDATE",
                    pgid="pgtrigger_written_anew_54517",
                    table="inspections_refused",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="inspection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="inspections.inspection",
                verbose_name="inspection",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="sender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sender",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="asset",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geo.asset",
                verbose_name="asset",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geo.community",
                verbose_name="community",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="estate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geo.estate",
                verbose_name="estate",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="sender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sender",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="proposal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="inspections.proposal",
                verbose_name="proposal",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="estates",
            field=models.ManyToManyField(
                related_name="rounds", to="geo.estate", verbose_name="estates"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="given by",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="inspector",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to=settings.AUTH_USER_MODEL,
                verbose_name="inspector",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="given_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="given by",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="inspector",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="inspector",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="inspections.round",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="sender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sender",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("standing", "proposed")),
                    models.Q(
                        models.Q(("standing", "proposed"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_decision_has_its_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
                name="written_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.xact = (pg_current_xact_id()::text)::bigint; RETURN NEW;",
                    hash="d58537f48f787935d339d9b755d89b4b59446976",
                    operation="UPDATE",
                    pgid="pgtrigger_written_anew_b0f6c",
                    table="inspections_proposal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("declared_at__isnull", False), ("held_at__isnull", False), _connector="OR"
                ),
                name="a_photo_is_named_or_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_at", None), ("original", "")),
                    models.Q(("held_at__isnull", False), models.Q(("original", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_held_photo_has_an_original",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="written_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.xact = (pg_current_xact_id()::text)::bigint; RETURN NEW;",
                    hash="53b05898b8609174ebf56fc7b0711dc4e80bc8a0",
                    operation="UPDATE",
                    pgid="pgtrigger_written_anew_05edc",
                    table="inspections_photo",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(
                fields=["inspector", "until"], name="inspections_inspect_62a714_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))),
                name="a_round_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("kinds", []), _negated=True), name="a_round_looks_at_something"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inspections_roundevent" ("cancelled_at", "given_at", "given_by_id", "id", "inspector_id", "kinds", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared", "since", "until") VALUES (NEW."cancelled_at", NEW."given_at", NEW."given_by_id", NEW."id", NEW."inspector_id", NEW."kinds", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shared", NEW."since", NEW."until"); RETURN NULL;',
                    hash="157dcd9ab1b25ac660d76712f6d44be8c16b2478",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f8b02",
                    table="inspections_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "inspections_roundevent" ("cancelled_at", "given_at", "given_by_id", "id", "inspector_id", "kinds", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared", "since", "until") VALUES (NEW."cancelled_at", NEW."given_at", NEW."given_by_id", NEW."id", NEW."inspector_id", NEW."kinds", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shared", NEW."since", NEW."until"); RETURN NULL;',
                    hash="0cfed43e2175460d6d98d972f6d5e72083ee1dea",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_97e9e",
                    table="inspections_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inspections_roundevent" ("cancelled_at", "given_at", "given_by_id", "id", "inspector_id", "kinds", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared", "since", "until") VALUES (OLD."cancelled_at", OLD."given_at", OLD."given_by_id", OLD."id", OLD."inspector_id", OLD."kinds", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."shared", OLD."since", OLD."until"); RETURN NULL;',
                    hash="b5f6b66de4b3fcd54ee4436ec4d51205dbd769ff",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_32f61",
                    table="inspections_round",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("offset__lte", models.F("length"))),
                name="no_more_than_it_is_long",
            ),
        ),
        # As every other row: see 0003.
        migrations.RunSQL(
            "ALTER TABLE inspections_proposal ADD CONSTRAINT proposal_follows_its_estate"
            " FOREIGN KEY (estate_id, community_id) REFERENCES geo_estate (id, community_id)"
            " ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE inspections_proposal DROP CONSTRAINT proposal_follows_its_estate",
        ),
    ]
