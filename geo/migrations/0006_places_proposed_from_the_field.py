import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_tile_columns"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="asset",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="asset",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="estate",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="estate",
            name="update_update",
        ),
        migrations.AddField(
            model_name="asset",
            name="proposed",
            field=models.UUIDField(
                blank=True,
                editable=False,
                null=True,
                unique=True,
                verbose_name="proposed from the field",
            ),
        ),
        migrations.AddField(
            model_name="assetevent",
            name="proposed",
            field=models.UUIDField(
                blank=True, editable=False, null=True, verbose_name="proposed from the field"
            ),
        ),
        migrations.AddField(
            model_name="estate",
            name="proposed",
            field=models.UUIDField(
                blank=True,
                editable=False,
                null=True,
                unique=True,
                verbose_name="proposed from the field",
            ),
        ),
        migrations.AddField(
            model_name="estateevent",
            name="proposed",
            field=models.UUIDField(
                blank=True, editable=False, null=True, verbose_name="proposed from the field"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="asset",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "geo_assetevent" ("bays", "code", "community_id", "estate_id", "geom", "id", "indoor", "merged_into_id", "name", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ports", "proposed", "retired_at", "src_datum", "src_file", "status", "type", "unconfirmed", "width_m") VALUES (NEW."bays", NEW."code", NEW."community_id", NEW."estate_id", NEW."geom", NEW."id", NEW."indoor", NEW."merged_into_id", NEW."name", NEW."owner", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."ports", NEW."proposed", NEW."retired_at", NEW."src_datum", NEW."src_file", NEW."status", NEW."type", NEW."unconfirmed", NEW."width_m"); RETURN NULL;',
                    hash="72c4bc475625948623ff21237547537590c7d9c6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2b441",
                    table="geo_asset",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="asset",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "geo_assetevent" ("bays", "code", "community_id", "estate_id", "geom", "id", "indoor", "merged_into_id", "name", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ports", "proposed", "retired_at", "src_datum", "src_file", "status", "type", "unconfirmed", "width_m") VALUES (NEW."bays", NEW."code", NEW."community_id", NEW."estate_id", NEW."geom", NEW."id", NEW."indoor", NEW."merged_into_id", NEW."name", NEW."owner", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ports", NEW."proposed", NEW."retired_at", NEW."src_datum", NEW."src_file", NEW."status", NEW."type", NEW."unconfirmed", NEW."width_m"); RETURN NULL;',
                    hash="ada3d497b2a7e94242a4e15ee6ac9e7d3c214e4e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cc643",
                    table="geo_asset",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "geo_estateevent" ("address", "code", "community_id", "company_id", "ebikes", "geom", "has_company", "height_class", "households", "id", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "retired_at", "src_datum", "src_file", "target_year", "unconfirmed") VALUES (NEW."address", NEW."code", NEW."community_id", NEW."company_id", NEW."ebikes", NEW."geom", NEW."has_company", NEW."height_class", NEW."households", NEW."id", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed", NEW."retired_at", NEW."src_datum", NEW."src_file", NEW."target_year", NEW."unconfirmed"); RETURN NULL;',
                    hash="e5791f6b6962d67cb893584b3e3855d5d40308dc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_231a0",
                    table="geo_estate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="estate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "geo_estateevent" ("address", "code", "community_id", "company_id", "ebikes", "geom", "has_company", "height_class", "households", "id", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "retired_at", "src_datum", "src_file", "target_year", "unconfirmed") VALUES (NEW."address", NEW."code", NEW."community_id", NEW."company_id", NEW."ebikes", NEW."geom", NEW."has_company", NEW."height_class", NEW."households", NEW."id", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed", NEW."retired_at", NEW."src_datum", NEW."src_file", NEW."target_year", NEW."unconfirmed"); RETURN NULL;',
                    hash="a467917d6a966797aa3182257444e8ae4adaf215",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4f5ca",
                    table="geo_estate",
                    when="AFTER",
                ),
            ),
        ),
    ]
