"""What is found again is looked up by its place: for one record by an index, for all at once by
one join. Its triggers are its own, and fire after those that sum.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

stood = import_module("inspections.migrations.0026_how_cases_stood")
sums = import_module("inspections.migrations.0028_sums_by_day_and_by_item")
lacks = import_module("inspections.migrations.0029_what_sums_lack")

# `n` comes again after `e`, which was closed `at` some moment. On the ground, 20 m are less than
# these degrees anywhere within 60° of the equator; an index finds by them, and the spheroid says.
EAST, NORTH = "0.0004", "0.0002"
BEFORE = """
    e.in_force AND e.estate_id = n.estate_id AND e.item = n.item
    AND e.inspection_id <> n.inspection_id
    AND e.recorded_at >= n.recorded_at - interval '30 days' AND e.recorded_at < n.recorded_at
"""
CLOSED = "{at} BETWEEN n.recorded_at - interval '30 days' AND n.recorded_at"
ASSET = "e.asset_id = n.asset_id"
GROUND = f"""
    e.asset_id IS NULL AND n.asset_id IS NULL
    AND ST_X(e.place) BETWEEN ST_X(n.place) - {EAST} AND ST_X(n.place) + {EAST}
    AND ST_Y(e.place) BETWEEN ST_Y(n.place) - {NORTH} AND ST_Y(n.place) + {NORTH}
    AND ST_DWithin(e.place::geography, n.place::geography, 20)
"""
PLACE = f"({ASSET} OR {GROUND})"

AGAIN = f"""
    n.in_force AND (
        EXISTS (
            SELECT FROM inspections_finding e
            WHERE {BEFORE} AND {CLOSED.format(at="e.closed_at")} AND {GROUND}
        ) OR EXISTS (
            SELECT FROM inspections_finding e
            WHERE {BEFORE} AND {CLOSED.format(at="e.closed_at")} AND {ASSET}
        ) OR EXISTS (
            SELECT FROM inspections_closedspan c JOIN inspections_finding e ON e.id = c.finding_id
            WHERE c.estate_id = n.estate_id AND {CLOSED.format(at="c.closed_at")}
              AND {BEFORE} AND {PLACE}
        )
    )
"""
COLUMNS = "finding_id, community_id, estate_id, kind, item, severity, recorded_at"
OF_FINDING = COLUMNS.replace("finding_id", "id")


def of(row: str, columns: str = OF_FINDING) -> str:
    return ", ".join(f"{row}.{each}" for each in columns.split(", "))


# What is told already is left alone. Rows are locked in the order of their ids.
FIND_AGAIN = f"""
CREATE OR REPLACE FUNCTION inspections_find_again(findings uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    WITH again AS MATERIALIZED (
        SELECT {of("n")} FROM inspections_finding n WHERE n.id = ANY(findings) AND {AGAIN}
    ), no_more AS (
        DELETE FROM inspections_foundagain
        WHERE finding_id = ANY(findings) AND finding_id NOT IN (SELECT id FROM again)
    )
    INSERT INTO inspections_foundagain AS f ({COLUMNS})
    SELECT {OF_FINDING} FROM again
    WHERE ({OF_FINDING}) NOT IN (
        SELECT {COLUMNS} FROM inspections_foundagain WHERE finding_id = ANY(findings)
    )
    ORDER BY id
    ON CONFLICT (finding_id) DO UPDATE SET ({COLUMNS}) = ROW ({of("excluded", COLUMNS)});
END $$
"""

# Those that one of these may be an earlier one of. It makes others come again from when it was
# first closed.
LATER = f"""
    SELECT n.id FROM ({{rows}}) AS e JOIN inspections_finding n
      ON {BEFORE} AND {PLACE} AND n.recorded_at <= e.recorded_at + interval '30 days'
     AND n.recorded_at >= {{since}}
"""
FIRST_CLOSED = """least(
    e.closed_at, (SELECT min(c.closed_at) FROM inspections_closedspan c WHERE c.finding_id = e.id)
)"""
CHANGED = """
    SELECT {row}.* FROM old_rows o JOIN new_rows n USING (id)
    WHERE (o.in_force, o.estate_id, o.item, o.recorded_at, o.asset_id, o.inspection_id,
           o.place::bytea{also_was})
        IS DISTINCT FROM
          (n.in_force, n.estate_id, n.item, n.recorded_at, n.asset_id, n.inspection_id,
           n.place::bytea{also})
"""


def changed(row: str, *also: str) -> str:
    """When a finding was closed says nothing of whether it came again itself; what it is called
    by says nothing of others."""
    return CHANGED.format(
        row=row,
        also_was="".join(f", o.{each}" for each in also),
        also="".join(f", n.{each}" for each in also),
    )


FUNCTIONS = {
    "insert": f"""
    INSERT INTO inspections_foundagain ({COLUMNS})
    SELECT {of("n")} FROM new_rows n WHERE {AGAIN}
    ON CONFLICT (finding_id) DO NOTHING;
    IF EXISTS (SELECT FROM new_rows WHERE closed_at IS NOT NULL) THEN
        PERFORM inspections_find_again(array_agg(id)) FROM (
            {LATER.format(rows="SELECT * FROM new_rows", since="e.closed_at")}
        ) AS later HAVING count(*) > 0;
    END IF;
    """,
    "update": f"""
    IF NOT EXISTS ({changed("n", "kind", "severity", "closed_at")}) THEN
        RETURN NULL;
    END IF;
    PERFORM inspections_find_again(array_agg(id)) FROM (
        SELECT id FROM ({changed("n", "kind", "severity")}) AS told
        UNION {
        LATER.format(
            rows=f"{changed('n', 'closed_at')} UNION ALL {changed('o', 'closed_at')}",
            since=FIRST_CLOSED,
        )
    }
        UNION {LATER.format(rows=changed("o"), since="e.recorded_at")}
    ) AS changed HAVING count(*) > 0;
    """,
    # When they stood closed is gone with them.
    "delete": f"""
    PERFORM inspections_find_again(array_agg(id)) FROM (
        {LATER.format(rows="SELECT * FROM old_rows", since="e.recorded_at")}
    ) AS later HAVING count(*) > 0;
    """,
}
TABLES = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
TRIGGER = """
CREATE FUNCTION inspections_finding_again_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {body}
    RETURN NULL;
END $$;
CREATE TRIGGER then_again_{event} AFTER {event} ON inspections_finding REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION inspections_finding_again_{event}()
"""
NO_TRIGGER = "DROP FUNCTION inspections_finding_again_{event}() CASCADE"

SUMS_ALONE = {
    "insert": sums.sum_findings(sums.NEW, sums.EVENTS),
    "update": sums.FINDING_CHANGED
    + sums.sum_findings(sums.BOTH, sums.EVENTS + sums.BEFORE + sums.CHANGED_SPANS, sums.SPANS),
    "delete": sums.sum_findings(sums.OLD, sums.EVENTS),
}

# A span is found by its finding's estate.
SPANS_PLACED = """
ALTER TABLE inspections_closedspan ADD estate_id bigint;
UPDATE inspections_closedspan c SET estate_id = f.estate_id
  FROM inspections_finding f WHERE f.id = c.finding_id;
ALTER TABLE inspections_closedspan ALTER estate_id SET NOT NULL;
CREATE INDEX closed_spans_at_a_place ON inspections_closedspan (estate_id, closed_at);
CREATE FUNCTION inspections_closedspan_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT estate_id INTO NEW.estate_id FROM inspections_finding WHERE id = NEW.finding_id;
    RETURN NEW;
END $$;
CREATE TRIGGER placed BEFORE INSERT ON inspections_closedspan
    FOR EACH ROW EXECUTE FUNCTION inspections_closedspan_placed();
CREATE FUNCTION inspections_closedspan_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE inspections_closedspan SET estate_id = NEW.estate_id WHERE finding_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER spans_follow AFTER UPDATE OF estate_id ON inspections_finding
    FOR EACH ROW WHEN (OLD.estate_id <> NEW.estate_id)
    EXECUTE FUNCTION inspections_closedspan_follow()
"""
NOT_PLACED = """
DROP FUNCTION inspections_closedspan_follow() CASCADE;
DROP FUNCTION inspections_closedspan_placed() CASCADE;
ALTER TABLE inspections_closedspan DROP estate_id
"""

# All at once: each earlier one is laid into the cells of ground that its 20 m reach (four: a cell
# is twice as wide as they are) or by its asset, and into the months in which it may come again,
# one or two of thirty days; each finding stands in one. Two numbers that happen to be equal do no
# harm, for every pair is looked at as the triggers do.
SPOT = """
    (floor(extract(epoch FROM {at})::float8 / 2592000) * 1e6
     + coalesce(e.asset_id, floor(ST_X(e.place) / (2 * {east}) - {half}))) * 1e6
    + CASE WHEN e.asset_id IS NULL THEN floor(ST_Y(e.place) / (2 * {north}) - {half}) ELSE 0 END
"""
ALL_AGAIN = f"""
CREATE FUNCTION inspections_all_found_again() RETURNS SETOF uuid LANGUAGE sql STABLE
SET work_mem = '128MB' SET jit = off SET enable_mergejoin = off SET enable_nestloop = off AS $$
    WITH closings AS (
        SELECT e.*, e.closed_at AS at FROM inspections_finding e
        UNION ALL
        SELECT e.*, c.closed_at
        FROM inspections_closedspan c JOIN inspections_finding e ON e.id = c.finding_id
    ), first AS (
        SELECT e.*, {SPOT.format(at="at", east=EAST, north=NORTH, half=0.5)} AS spot,
            (extract(epoch FROM recorded_at)::float8 / 2592000
             >= floor(extract(epoch FROM at)::float8 / 2592000))::int AS more
        FROM closings e WHERE in_force AND at <= recorded_at + interval '30 days'
    ), earlier AS (
        SELECT id, in_force, inspection_id, estate_id, item, asset_id, place, recorded_at, at,
            spot + unnest(CASE WHEN asset_id IS NULL
                THEN (ARRAY[0, 1, 1e6, 1e6 + 1, 1e12, 1e12 + 1, 1e12 + 1e6, 1e12 + 1e6 + 1])
                    [:4 + 4 * more]
                ELSE (ARRAY[0, 1e12])[:1 + more] END::float8[]) AS spot
        FROM first
    ), findings AS (
        SELECT e.*, {SPOT.format(at="recorded_at", east=EAST, north=NORTH, half=0)} AS spot
        FROM inspections_finding e WHERE in_force
    )
    SELECT DISTINCT n.id FROM findings n JOIN earlier e USING (spot, estate_id, item)
    WHERE {CLOSED.format(at="e.at")} AND {BEFORE} AND {PLACE}
$$
"""
DIFFERS = f"""
CREATE OR REPLACE VIEW inspections_foundagain_differs AS
SELECT coalesce(t.id, f.finding_id) AS finding_id, (t.id IS NOT NULL)::int AS lacks
FROM (
    SELECT {of("n")}
    FROM inspections_all_found_again() AS again (id) JOIN inspections_finding n USING (id)
) AS t
FULL JOIN inspections_foundagain f ON f.finding_id = t.id
WHERE ({of("t", OF_FINDING.replace("id, community_id, ", ""))})
    IS DISTINCT FROM ({of("f", OF_FINDING.replace("id, community_id, ", ""))})
"""


class Migration(migrations.Migration):
    dependencies = [("inspections", "0031_hot_spots")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "closedspan",
                    "estate",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=None,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="geo.estate",
                    ),
                    preserve_default=False,
                ),
                migrations.AddIndex(
                    "closedspan",
                    models.Index(fields=["estate", "closed_at"], name="closed_spans_at_a_place"),
                ),
            ]
        ),
        sums.together(
            migrations.RunSQL(
                stood.HELD.format(tables="inspections_finding"), migrations.RunSQL.noop
            ),
            migrations.RunSQL(SPANS_PLACED, NOT_PLACED),
            migrations.RunSQL(FIND_AGAIN, sums.FIND_AGAIN.replace("CREATE", "CREATE OR REPLACE")),
            *(
                migrations.RunSQL(
                    sums.FUNCTION.format(table="inspections_finding", event=event, body=body),
                    sums.FUNCTION.format(
                        table="inspections_finding", event=event, body=sums.FINDINGS[event]
                    ),
                )
                for event, body in SUMS_ALONE.items()
            ),
            *(
                migrations.RunSQL(
                    TRIGGER.format(event=event, body=body, tables=TABLES[event]),
                    NO_TRIGGER.format(event=event),
                )
                for event, body in FUNCTIONS.items()
            ),
            migrations.RunSQL(ALL_AGAIN, "DROP FUNCTION inspections_all_found_again()"),
            migrations.RunSQL(
                DIFFERS, lacks.AGAIN_DIFFERS.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")
            ),
        ),
    ]
