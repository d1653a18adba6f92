"""What a tablet is to forget of findings, and photos by when they were written."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

# Row by row, for hardly any does: the condition is looked at before anything is called.
LEFT = """
CREATE FUNCTION inspections_finding_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO geo_change (layer, key, community, whole, xact, at)
    VALUES ('findings', OLD.id, OLD.community_id, false,
        pg_current_xact_id()::text::bigint, now());
    RETURN NULL;
END $$;
CREATE TRIGGER told_left AFTER UPDATE OF community_id ON inspections_finding
    FOR EACH ROW WHEN (OLD.community_id <> NEW.community_id)
    EXECUTE FUNCTION inspections_finding_left();
CREATE TRIGGER told_deleted AFTER DELETE ON inspections_finding
    FOR EACH ROW EXECUTE FUNCTION inspections_finding_left();
CREATE TRIGGER told_emptied AFTER TRUNCATE ON inspections_finding
    FOR EACH STATEMENT EXECUTE FUNCTION geo_told_emptied()
"""
UNDO = """
DROP TRIGGER told_emptied ON inspections_finding;
DROP FUNCTION inspections_finding_left() CASCADE
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("inspections", "0009_written_and_seen_again"),
        ("geo", "0007_changes_of_the_register"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="photo", index=models.Index(fields=["xact"], name="photos_written")
        ),
        migrations.RunSQL(LEFT, UNDO),
    ]
