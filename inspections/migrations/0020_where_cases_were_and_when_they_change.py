"""What readers of cases keep up with: which left where they read, and how far cases are written."""

from django.db import migrations, models

LEFT = """
CREATE FUNCTION inspections_case_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO inspections_caseleft ("case", community, company, xact, at)
    VALUES (OLD.id, OLD.community_id, OLD.company_id, pg_current_xact_id()::text::bigint, now());
    RETURN NULL;
END $$;
CREATE TRIGGER told_where AFTER UPDATE OF community_id, company_id ON inspections_case
    FOR EACH ROW WHEN (
        OLD.community_id <> NEW.community_id OR OLD.company_id IS DISTINCT FROM NEW.company_id
    )
    EXECUTE FUNCTION inspections_case_was()
"""
OF_CASE = "(SELECT community_id FROM inspections_case WHERE id = case_id)"
# What a list, a tile or the ledger tells of a case, beside the case's own row.
WATCHED = [
    ("inspections_case", "'cases'", "community_id"),
    ("inspections_move", "'cases'", OF_CASE),
    ("inspections_complaint", "'cases'", "community_id"),
    ("inspections_paper", "'cases'", "coalesce(community_id, 0)"),
    ("people_unit", "'cases'", "0"),
    ("geo_propertycompany", "'cases'", "0"),
]
# People are written with every sign-in; only another name says something of their cases.
NAMED = """
CREATE FUNCTION inspections_person_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM geo_count_writes(ARRAY['cases'], ARRAY[0]);
    RETURN NULL;
END $$;
CREATE TRIGGER told_of_cases AFTER UPDATE OF name, username ON people_user
    FOR EACH ROW WHEN (OLD.name <> NEW.name OR OLD.username <> NEW.username)
    EXECUTE FUNCTION inspections_person_named()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0019_cases_that_left_their_community"),
        ("geo", "0007_changes_of_the_register"),
        ("people", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseLeft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.UUIDField()),
                ("community", models.BigIntegerField()),
                ("company", models.BigIntegerField(null=True)),
                ("xact", models.BigIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["xact"], name="cases_left_by_xact")],
            },
        ),
        migrations.RunSQL(LEFT, "DROP FUNCTION inspections_case_was() CASCADE"),
        *(
            migrations.RunSQL(
                [("SELECT geo_watch(%s, %s, %s)", [table, group, community])],
                [("SELECT geo_unwatch(%s)", [table])],
            )
            for table, group, community in WATCHED
        ),
        migrations.RunSQL(NAMED, "DROP FUNCTION inspections_person_named() CASCADE"),
    ]
