"""How cases stood at any moment: kept by triggers on cases and moves, in their transaction."""

import django.db.models.deletion
from django.db import migrations, models

# Before anything else that writers need is locked, these are, at a moment at which nobody writes:
# who waits for one while another is held, waits for a writer who waits for that.
HELD = """
DO $$
BEGIN
    SET LOCAL lock_timeout = '300ms';
    LOOP
        BEGIN
            LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            PERFORM pg_sleep(0.1);
        END;
    END LOOP;
    SET LOCAL lock_timeout = 0;
END $$
"""

# A span that would have lasted no time is told anew in its place.
STANDS = """
CREATE FUNCTION inspections_case_stands(now inspections_case, moment timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE inspections_casespan SET until = moment
     WHERE case_id = now.id AND until IS NULL AND since < moment;
    IF NOT FOUND THEN
        UPDATE inspections_casespan
           SET state = now.state, company_id = now.company_id, reopened = now.reopened,
               ended_at = now.ended_at, due_at = now.due_at, step_due_at = now.step_due_at
         WHERE case_id = now.id AND until IS NULL;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    INSERT INTO inspections_casespan
           (case_id, since, state, company_id, reopened, ended_at, due_at, step_due_at)
    VALUES (now.id, moment, now.state, now.company_id, now.reopened, now.ended_at, now.due_at,
            now.step_due_at);
END $$
"""

# One that comes already ended stood open until then.
OPENED = """
CREATE FUNCTION inspections_case_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO inspections_casespan
           (case_id, since, until, state, company_id, reopened, ended_at, due_at, step_due_at)
    SELECT id, reported_at, ended_at, 'reported', company_id, 0, NULL, due_at, step_due_at
      FROM new_rows WHERE ended_at > reported_at;
    INSERT INTO inspections_casespan
           (case_id, since, state, company_id, reopened, ended_at, due_at, step_due_at)
    SELECT id, greatest(reported_at, ended_at), state, company_id, reopened, ended_at, due_at,
           step_due_at
      FROM new_rows;
    RETURN NULL;
END $$;
CREATE TRIGGER stands_since AFTER INSERT ON inspections_case REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION inspections_case_opened()
"""

# A move says when it was made. It is written after its case.
MOVED = """
CREATE FUNCTION inspections_case_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM inspections_case_stands(c, coalesce(c.ended_at, m.made_at))
       FROM new_rows m
       JOIN inspections_case c ON c.id = m.case_id AND c.version = m.version
      WHERE m.standing = 'made';
    RETURN NULL;
END $$;
CREATE TRIGGER stands_since_insert AFTER INSERT ON inspections_move
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION inspections_case_moved();
CREATE FUNCTION inspections_case_move_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM inspections_case_stands(c, coalesce(c.ended_at, NEW.made_at))
       FROM inspections_case c WHERE c.id = NEW.case_id AND c.version = NEW.version;
    RETURN NULL;
END $$;
CREATE TRIGGER stands_since_update AFTER UPDATE OF standing ON inspections_move
    FOR EACH ROW WHEN (OLD.standing <> 'made' AND NEW.standing = 'made')
    EXECUTE FUNCTION inspections_case_move_accepted()
"""

# Without a move: the working days of a year were told, or a correction says what it is about.
CHANGED = """
CREATE FUNCTION inspections_case_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM inspections_case_stands(NEW, coalesce(NEW.ended_at, clock_timestamp()));
    RETURN NULL;
END $$;
CREATE TRIGGER stands_since_update
    AFTER UPDATE OF state, company_id, reopened, ended_at, due_at, step_due_at ON inspections_case
    FOR EACH ROW WHEN (
        OLD.version = NEW.version AND
        (OLD.state, OLD.company_id, OLD.reopened, OLD.ended_at, OLD.due_at, OLD.step_due_at)
        IS DISTINCT FROM
        (NEW.state, NEW.company_id, NEW.reopened, NEW.ended_at, NEW.due_at, NEW.step_due_at)
    )
    EXECUTE FUNCTION inspections_case_changed()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0011_since_when_a_site_is_built"),
        ("inspections", "0025_a_complaint_has_photos"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSpan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("state", models.CharField(max_length=16)),
                ("reopened", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("step_due_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spans",
                        to="inspections.case",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="geo.propertycompany",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "since"), name="a_span_begins_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("case",),
                        name="a_case_stands_in_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="a_span_lasts",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            HELD.format(tables="inspections_move, inspections_case"), migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            STANDS, "DROP FUNCTION inspections_case_stands(inspections_case, timestamptz)"
        ),
        migrations.RunSQL(OPENED, "DROP FUNCTION inspections_case_opened() CASCADE"),
        migrations.RunSQL(
            MOVED,
            "DROP FUNCTION inspections_case_moved() CASCADE;"
            "DROP FUNCTION inspections_case_move_accepted() CASCADE",
        ),
        migrations.RunSQL(CHANGED, "DROP FUNCTION inspections_case_changed() CASCADE"),
    ]
