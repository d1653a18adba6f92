"""What leaders look at, summed by day, by month and by item; and when findings stood closed."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

DAY = "({0} AT TIME ZONE 'Asia/Shanghai')::date"
MONTH = "date_trunc('month', {0}::timestamp)::date"
CELL = "geo_tile_x(place, 19) AS x, geo_tile_y(place, 19) AS y"

# As `overview.counted` says of a finding that comes again: the same item at the same place, found
# in another inspection at most thirty days before, and closed in between.
AGAIN = """
    EXISTS (
        SELECT FROM inspections_finding e
        WHERE e.in_force AND e.estate_id = n.estate_id AND e.item = n.item
          AND e.closed_at BETWEEN n.recorded_at - interval '30 days' AND n.recorded_at
          AND {earlier}
    ) OR EXISTS (
        SELECT FROM inspections_closedspan c JOIN inspections_finding e ON e.id = c.finding_id
        WHERE e.in_force AND e.estate_id = n.estate_id AND e.item = n.item
          AND c.closed_at BETWEEN n.recorded_at - interval '30 days' AND n.recorded_at
          AND {earlier}
    )
"""
EARLIER = """
          e.recorded_at >= n.recorded_at - interval '30 days' AND e.recorded_at < n.recorded_at
          AND e.inspection_id <> n.inspection_id
          AND (e.asset_id = n.asset_id
               OR e.asset_id IS NULL AND n.asset_id IS NULL
                  AND e.place && ST_Expand(n.place, 0.0004)
                  AND ST_DWithin(e.place::geography, n.place::geography, 20))
"""
FOUND_AGAIN = f"""
    INSERT INTO inspections_foundagain
        (finding_id, community_id, estate_id, kind, item, severity, recorded_at)
    SELECT n.id, n.community_id, n.estate_id, n.kind, n.item, n.severity, n.recorded_at
    FROM {{rows}} AS n
    WHERE n.in_force {{among}} AND ({AGAIN.format(earlier=EARLIER)})
    ON CONFLICT (finding_id) DO NOTHING;
"""
FIND_AGAIN = f"""
CREATE FUNCTION inspections_find_again(findings uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM inspections_foundagain WHERE finding_id = ANY(findings);
    {FOUND_AGAIN.format(rows="inspections_finding", among="AND n.id = ANY(findings)")}
END $$
"""
# Those that one of these may be an earlier one of.
LATER = """
    SELECT s.id FROM ({rows}) AS r JOIN inspections_finding s
      ON s.estate_id = r.estate_id AND s.item = r.item AND s.recorded_at > r.recorded_at
     AND s.recorded_at <= r.recorded_at + interval '30 days'
     AND s.recorded_at >= coalesce(
         (SELECT min(closed_at) FROM inspections_closedspan WHERE finding_id = r.id), r.closed_at)
"""

# Each finding in force is, by the day: one found, and one closed where it is; each time that it
# was closed before is one closed then, and one less when it was opened again.
EVENTS = f"""
    SELECT estate_id, community_id, kind, item, severity, {DAY.format("recorded_at")} AS day,
           one AS found, CASE WHEN closed_at IS NULL THEN one ELSE 0 END AS open, 0 AS closed
      FROM r
    UNION ALL
    SELECT estate_id, community_id, kind, item, severity, {DAY.format("closed_at")}, 0, 0, one
      FROM r WHERE closed_at IS NOT NULL
"""
BEFORE = f"""
    UNION ALL
    SELECT r.estate_id, r.community_id, r.kind, r.item, r.severity, e.day, 0, 0, e.one * r.one
      FROM r JOIN inspections_closedspan c ON c.finding_id = r.id CROSS JOIN LATERAL
           (VALUES ({DAY.format("c.closed_at")}, 1), ({DAY.format("c.reopened_at")}, -1))
           AS e (day, one)
"""
CHANGED_SPANS = f"""
    UNION ALL
    SELECT n.estate_id, n.community_id, n.kind, n.item, n.severity, {DAY.format("e.at")}, 0, 0,
           e.one
      FROM (
          SELECT finding_id, closed_at AS at, 1 AS one FROM reopened
          UNION ALL SELECT finding_id, reopened_at, -1 FROM reopened
          UNION ALL SELECT finding_id, closed_at, -1 FROM undone
          UNION ALL SELECT finding_id, reopened_at, 1 FROM undone
          UNION ALL SELECT finding_id, was, 1 FROM shortened
          UNION ALL SELECT finding_id, reopened_at, -1 FROM shortened
      ) AS e JOIN new_rows n ON n.id = e.finding_id
     WHERE n.in_force
"""
# It was opened again with the move that did so, where there is one; that is written before. Who
# closes it says since when: whatever is told of it after that is not so, and spans never overlap.
SPANS = """
    reopened AS (
        INSERT INTO inspections_closedspan (finding_id, closed_at, reopened_at)
        SELECT n.id, o.closed_at, at
        FROM old_rows o JOIN new_rows n USING (id)
        CROSS JOIN LATERAL (
            SELECT coalesce(
                (SELECT s.since FROM inspections_casespan s
                  WHERE s.case_id = n.case_id AND s.until IS NULL AND s.ended_at IS NULL
                    AND s.since > o.closed_at),
                clock_timestamp()) AS at
        ) AS again
        WHERE o.closed_at IS NOT NULL AND n.closed_at IS NULL AND at > o.closed_at
        RETURNING finding_id, closed_at, reopened_at
    ), closing AS (
        SELECT n.id, n.closed_at FROM old_rows o JOIN new_rows n USING (id)
        WHERE n.closed_at IS DISTINCT FROM o.closed_at AND n.closed_at IS NOT NULL
    ), undone AS (
        DELETE FROM inspections_closedspan s USING closing c
        WHERE s.finding_id = c.id AND s.closed_at >= c.closed_at
        RETURNING s.finding_id, s.closed_at, s.reopened_at
    ), shortened AS (
        UPDATE inspections_closedspan s SET reopened_at = c.closed_at
        FROM closing c JOIN inspections_closedspan w ON w.finding_id = c.id
        WHERE s.id = w.id AND w.closed_at < c.closed_at AND w.reopened_at > c.closed_at
        RETURNING s.finding_id, s.reopened_at, w.reopened_at AS was
    ),
"""


def by_severity(of: str) -> str:
    return ", ".join(of.format(n=n) for n in (1, 2, 3))


def summed(*what: str) -> str:
    return ", ".join(
        by_severity(f"coalesce(sum({each}) FILTER (WHERE severity = {{n}}), 0)") for each in what
    )


def columns(*what: str) -> str:
    return ", ".join(by_severity(f"{each}_{{n}}") for each in what)


def added(*what: str) -> str:
    return ", ".join(
        by_severity(f"{each}_{{n}} = kept.{each}_{{n}} + excluded.{each}_{{n}}") for each in what
    )


def nought(n: int) -> str:
    return f"({', '.join('0' * n)})"


# Rows of one estate are of one community, except while it moves. Then no sum changes; the
# community in the sums follows by the foreign key.
SUM_FINDINGS = f"""
    WITH {{reopened}} r AS MATERIALIZED (
        SELECT id, one, estate_id, community_id, kind, item, severity, place, recorded_at, closed_at
        FROM ({{rows}}) AS wrote WHERE in_force
    ), events AS MATERIALIZED ({{events}}),
    cells AS (
        INSERT INTO inspections_findingcell AS kept
            (x, y, estate_id, kind, month, slot, community_id, {columns("found", "open")})
        SELECT {CELL}, estate_id, kind, {MONTH.format(DAY.format("recorded_at"))}, mine,
            max(community_id), {summed("one", "one * (closed_at IS NULL)::int")}
        FROM r GROUP BY 1, 2, 3, 4, 5
        HAVING ({summed("one", "one * (closed_at IS NULL)::int")}) <> {nought(6)}
        ON CONFLICT (x, y, estate_id, kind, month, slot) DO UPDATE SET {added("found", "open")}
    ), months AS (
        INSERT INTO inspections_estatemonth AS kept
            (estate_id, kind, month, slot, community_id, {columns("found", "open", "closed")})
        SELECT estate_id, kind, {MONTH.format("day")}, mine, max(community_id),
            {summed("e.found", "e.open", "e.closed")}
        FROM events e GROUP BY 1, 2, 3 HAVING ({summed("e.found", "e.open", "e.closed")}) <> {nought(9)}
        ON CONFLICT (estate_id, kind, month, slot) DO UPDATE
        SET {added("found", "open", "closed")}
    ), days AS (
        INSERT INTO inspections_estateday AS kept
            (estate_id, kind, day, slot, community_id, {columns("found", "closed")})
        SELECT estate_id, kind, day, mine, max(community_id), {summed("e.found", "e.closed")}
        FROM events e GROUP BY 1, 2, 3 HAVING ({summed("e.found", "e.closed")}) <> {nought(6)}
        ON CONFLICT (estate_id, kind, day, slot) DO UPDATE SET {added("found", "closed")}
    )
    INSERT INTO inspections_itemmonth AS kept
        (estate_id, kind, item, severity, month, slot, community_id, found, closed)
    SELECT estate_id, kind, item, severity, {MONTH.format("day")}, mine, max(community_id),
        sum(e.found), sum(e.closed)
    FROM events e GROUP BY 1, 2, 3, 4, 5 HAVING (sum(e.found), sum(e.closed)) <> (0, 0)
    ON CONFLICT (estate_id, kind, item, severity, month, slot) DO UPDATE
    SET found = kept.found + excluded.found, closed = kept.closed + excluded.closed;
"""

SUM_INSPECTIONS = f"""
    WITH r AS MATERIALIZED (
        SELECT estate_id, kind, {DAY.format("recorded_at")} AS day, max(community_id) AS community,
            sum(one) AS n
        FROM ({{rows}}) AS wrote WHERE in_force GROUP BY 1, 2, 3 HAVING sum(one) <> 0
    ), months AS (
        INSERT INTO inspections_estatemonth AS kept
            (estate_id, kind, month, slot, community_id, inspections)
        SELECT estate_id, kind, {MONTH.format("day")}, mine, max(community), sum(n)
        FROM r GROUP BY 1, 2, 3 HAVING sum(n) <> 0
        ON CONFLICT (estate_id, kind, month, slot) DO UPDATE
        SET inspections = kept.inspections + excluded.inspections
    )
    INSERT INTO inspections_estateday AS kept
        (estate_id, kind, day, slot, community_id, inspections)
    SELECT estate_id, kind, day, mine, community, n FROM r
    ON CONFLICT (estate_id, kind, day, slot) DO UPDATE
    SET inspections = kept.inspections + excluded.inspections;
"""

# Most updates change nothing that is summed: a case is named, or a transaction.
CHANGED = """
    IF NOT EXISTS (
        SELECT FROM old_rows o JOIN new_rows n USING (id)
        WHERE (o.in_force, o.estate_id, o.kind, o.recorded_at {more})
            IS DISTINCT FROM (n.in_force, n.estate_id, n.kind, n.recorded_at {more_now})
    ) THEN
        RETURN NULL;
    END IF;
"""
OF_FINDING = ("item", "severity", "closed_at", "asset_id", "inspection_id", "place::bytea")
FINDING_CHANGED = CHANGED.format(
    more="".join(f", o.{each}" for each in OF_FINDING),
    more_now="".join(f", n.{each}" for each in OF_FINDING),
)
INSPECTION_CHANGED = CHANGED.format(more="", more_now="")

NEW, OLD = "SELECT *, 1 AS one FROM new_rows", "SELECT *, -1 AS one FROM old_rows"
BOTH = f"{NEW} UNION ALL {OLD}"


def sum_findings(rows: str, events: str, reopened: str = "") -> str:
    return SUM_FINDINGS.format(rows=rows, events=events, reopened=reopened)


# What is found again is told after the sums, of rows and closings as they are now.
FINDINGS = {
    "insert": sum_findings(NEW, EVENTS)
    + FOUND_AGAIN.format(rows="new_rows", among="")
    + f"""
    PERFORM inspections_find_again(later) FROM (
        SELECT array_agg(id) AS later FROM ({
        LATER.format(rows="SELECT * FROM new_rows WHERE closed_at IS NOT NULL")
    }) AS s) AS found
    WHERE later IS NOT NULL;
    """,
    "update": FINDING_CHANGED
    + sum_findings(BOTH, EVENTS + BEFORE + CHANGED_SPANS, SPANS)
    + f"""
    PERFORM inspections_find_again(array_agg(id)) FROM (
        SELECT id FROM new_rows
        UNION {LATER.format(rows="SELECT * FROM new_rows UNION ALL SELECT * FROM old_rows")}
    ) AS changed;
    """,
    "delete": sum_findings(OLD, EVENTS)
    + f"""
    PERFORM inspections_find_again(later) FROM (
        SELECT array_agg(id) AS later FROM ({LATER.format(rows="SELECT * FROM old_rows")}) AS s
    ) AS found
    WHERE later IS NOT NULL;
    """,
}
INSPECTIONS = {
    "insert": SUM_INSPECTIONS.format(rows=NEW),
    "update": INSPECTION_CHANGED + SUM_INSPECTIONS.format(rows=BOTH),
    "delete": SUM_INSPECTIONS.format(rows=OLD),
}

FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_sum_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine CONSTANT smallint := geo_writing_slot();
BEGIN
    {body}
    RETURN NULL;
END $$
"""

OF_DAY = columns("found", "closed")

PAIR = """
ALTER TABLE inspections_{table} ADD CONSTRAINT inspections_{table}_community_is_the_estates
    FOREIGN KEY (estate_id, community_id) REFERENCES geo_estate (id, community_id)
    ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE inspections_{table} SET (fillfactor = {fill})
"""


old = import_module("inspections.migrations.0004_summaries")
stood = import_module("inspections.migrations.0026_how_cases_stood")


def before() -> dict[str, str]:
    """The functions as they were, for the way back."""
    return {
        f"{table}_{event}": old.TRIGGER.format(
            table=table,
            event=event,
            tables=tables,
            body=body.format(
                rows=rows,
                month=old.MONTH,
                cell=old.CELL,
                sums=old.SUMS,
                columns=old.COLUMNS,
                added=old.ADDED,
            ),
        )
        .partition("CREATE TRIGGER")[0]
        .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        for table, body in (
            ("inspections_finding", old.SUM_FINDINGS),
            ("inspections_inspection", old.SUM_INSPECTIONS),
        )
        for event, (tables, rows) in old.WROTE.items()
    }


def functions(table: str, bodies: dict[str, str]) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            FUNCTION.format(table=table, event=event, body=body), before()[f"{table}_{event}"]
        )
        for event, body in bodies.items()
    ]


def place(name: str) -> tuple[str, models.Field]:
    return (
        name,
        models.ForeignKey(
            db_constraint=False,
            db_index=False,
            on_delete=django.db.models.deletion.DO_NOTHING,
            related_name="+",
            to=f"geo.{name}",
        ),
    )


def key(*parts: str) -> tuple[str, models.CompositePrimaryKey]:
    return "pk", models.CompositePrimaryKey(
        *parts, blank=True, editable=False, primary_key=True, serialize=False
    )


def number() -> models.IntegerField:
    return models.IntegerField(db_default=0)


OPTIONS = {"abstract": False, "default_permissions": ()}


def together(*each: migrations.RunSQL) -> migrations.RunSQL:
    """By one operation: between two, Django takes its time, and what is locked stays so."""
    return migrations.RunSQL(
        ";".join(str(one.sql) for one in each),
        ";".join(str(one.reverse_sql) for one in reversed(each) if one.reverse_sql),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0011_since_when_a_site_is_built"),
        ("inspections", "0027_how_the_first_cases_stood"),
    ]

    operations = [
        migrations.CreateModel(
            name="EstateDay",
            fields=[
                key("day", "estate", "kind", "slot"),
                ("kind", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("slot", models.SmallIntegerField()),
                place("community"),
                place("estate"),
                ("inspections", number()),
                *((name, number()) for name in OF_DAY.split(", ")),
            ],
            options=OPTIONS,
        ),
        migrations.CreateModel(
            name="ItemMonth",
            fields=[
                key("estate", "kind", "item", "severity", "month", "slot"),
                ("kind", models.CharField(max_length=40)),
                ("item", models.CharField(max_length=20)),
                ("severity", models.PositiveSmallIntegerField()),
                ("month", models.DateField()),
                ("slot", models.SmallIntegerField()),
                place("community"),
                place("estate"),
                ("found", number()),
                ("closed", number()),
            ],
            options=OPTIONS,
        ),
        migrations.CreateModel(
            name="ClosedSpan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("closed_at", models.DateTimeField(db_index=True)),
                ("reopened_at", models.DateTimeField(db_index=True)),
                (
                    "finding",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closed_spans",
                        to="inspections.finding",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("finding", "closed_at"), name="a_finding_is_closed_once_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reopened_at__gt", models.F("closed_at"))),
                        name="a_closing_lasts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FoundAgain",
            fields=[
                (
                    "finding",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="found_again",
                        serialize=False,
                        to="inspections.finding",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("item", models.CharField(max_length=20)),
                ("severity", models.PositiveSmallIntegerField()),
                ("recorded_at", models.DateTimeField()),
                place("community"),
                place("estate"),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["recorded_at"], name="found_again_at")],
            },
        ),
        *(
            migrations.RunSQL(PAIR.format(table=table, fill=fill), migrations.RunSQL.noop)
            for table, fill in (("estateday", 80), ("itemmonth", 80), ("foundagain", 100))
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField("estatemonth", name, number())
                for name in columns("closed").split(", ")
            ]
        ),
        together(
            migrations.RunSQL(
                stood.HELD.format(tables="inspections_inspection, inspections_finding"),
                migrations.RunSQL.noop,
            ),
            *(
                migrations.RunSQL(
                    f"ALTER TABLE inspections_estatemonth ADD {name} integer NOT NULL DEFAULT 0",
                    f"ALTER TABLE inspections_estatemonth DROP {name}",
                )
                for name in columns("closed").split(", ")
            ),
            *(
                migrations.RunSQL(
                    f"ALTER TABLE inspections_{table} ADD CONSTRAINT"
                    f" inspections_{table}_is_a_findings FOREIGN KEY (finding_id)"
                    " REFERENCES inspections_finding (id) ON DELETE CASCADE",
                    migrations.RunSQL.noop,
                )
                for table in ("closedspan", "foundagain")
            ),
            migrations.RunSQL(FIND_AGAIN, "DROP FUNCTION inspections_find_again(uuid[])"),
            *functions("inspections_finding", FINDINGS),
            *functions("inspections_inspection", INSPECTIONS),
        ),
    ]
