"""What a tablet is to forget of cases."""

from django.db import migrations

LEFT = """
CREATE FUNCTION inspections_case_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO geo_change (layer, key, community, whole, xact, at)
    VALUES ('rechecks', OLD.id, OLD.community_id, false,
        pg_current_xact_id()::text::bigint, now());
    RETURN NULL;
END $$;
CREATE TRIGGER told_left AFTER UPDATE OF community_id ON inspections_case
    FOR EACH ROW WHEN (OLD.community_id <> NEW.community_id)
    EXECUTE FUNCTION inspections_case_left();
CREATE TRIGGER told_emptied AFTER TRUNCATE ON inspections_case
    FOR EACH STATEMENT EXECUTE FUNCTION geo_told_emptied()
"""
UNDO = """
DROP TRIGGER told_emptied ON inspections_case;
DROP FUNCTION inspections_case_left() CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0018_what_the_office_sets_at_first"),
    ]

    operations = [migrations.RunSQL(LEFT, UNDO)]
