"""A limit that is no longer set stays for what began while it was."""

import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0020_where_cases_were_and_when_they_change"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="limit",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="limit",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="limit",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="limit",
            name="retired_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="retired at"),
        ),
        migrations.AddField(
            model_name="limitevent",
            name="retired_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="retired at"),
        ),
        migrations.AlterField(
            model_name="limit",
            name="amount",
            field=models.PositiveIntegerField(
                default=0,
                validators=[django.core.validators.MaxValueValidator(1000)],
                verbose_name="number",
            ),
        ),
        migrations.AlterField(
            model_name="limitevent",
            name="amount",
            field=models.PositiveIntegerField(
                default=0,
                validators=[django.core.validators.MaxValueValidator(1000)],
                verbose_name="number",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="limit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inspections_limitevent" ("amount", "basis", "id", "item", "kind", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "severity", "simple", "since", "step") VALUES (NEW."amount", NEW."basis", NEW."id", NEW."item", NEW."kind", NEW."measure", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."severity", NEW."simple", NEW."since", NEW."step"); RETURN NULL;',
                    hash="e4d9440c51e2be285b3e611525c3fb8e7fe07202",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_38a9a",
                    table="inspections_limit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="limit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "inspections_limitevent" ("amount", "basis", "id", "item", "kind", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "severity", "simple", "since", "step") VALUES (NEW."amount", NEW."basis", NEW."id", NEW."item", NEW."kind", NEW."measure", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."retired_at", NEW."severity", NEW."simple", NEW."since", NEW."step"); RETURN NULL;',
                    hash="4f9ee5a5ea4998ecf9af27f941f27ce599dc3c49",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aff47",
                    table="inspections_limit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="limit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "inspections_limitevent" ("amount", "basis", "id", "item", "kind", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "severity", "simple", "since", "step") VALUES (OLD."amount", OLD."basis", OLD."id", OLD."item", OLD."kind", OLD."measure", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."retired_at", OLD."severity", OLD."simple", OLD."since", OLD."step"); RETURN NULL;',
                    hash="cdb026aefb5b124c8ca8ee6c56dd5db94b518fc8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5b6d0",
                    table="inspections_limit",
                    when="AFTER",
                ),
            ),
        ),
    ]
