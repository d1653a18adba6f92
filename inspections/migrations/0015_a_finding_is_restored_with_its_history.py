"""What tells a change of a finding is understood while a dump is restored, too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0014_open_findings_have_an_index"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="finding",
            name="update_update",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (to_jsonb(OLD) - 'xact' IS DISTINCT FROM to_jsonb(NEW) - 'xact')",
                    func='INSERT INTO "inspections_findingevent" ("advisory", "asset_id", "closed_at", "community_id", "estate_id", "id", "in_force", "inspection_id", "item", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "same_as", "severity") VALUES (NEW."advisory", NEW."asset_id", NEW."closed_at", NEW."community_id", NEW."estate_id", NEW."id", NEW."in_force", NEW."inspection_id", NEW."item", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."recorded_at", NEW."same_as", NEW."severity"); RETURN NULL;',
                    hash="ec32a8185122eb336a7cb78d98ba8c7c925074fd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_edce6",
                    table="inspections_finding",
                    when="AFTER",
                ),
            ),
        ),
    ]
