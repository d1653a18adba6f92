"""Sums of findings and inspections, kept by triggers on the rows."""

import django.db.models.deletion
from django.db import migrations, models

# A row's place in the sums. Months are the office's; 19 is `summaries.CELL_ZOOM`.
MONTH = "date_trunc('month', recorded_at AT TIME ZONE 'Asia/Shanghai')::date"
CELL = "geo_tile_x(place, 19) AS x, geo_tile_y(place, 19) AS y"

# What a statement wrote: rows as they are count once, rows as they were are taken away.
WROTE = {
    "insert": ("NEW TABLE AS new_rows", "SELECT *, 1 AS one FROM new_rows"),
    "update": (
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "SELECT *, 1 AS one FROM new_rows UNION ALL SELECT *, -1 FROM old_rows",
    ),
    "delete": ("OLD TABLE AS old_rows", "SELECT *, -1 AS one FROM old_rows"),
}


def by_severity(of: str) -> str:
    """`of`: what to add up, with {n} for the severity; findings have severities 1 to 3."""
    return ", ".join(of.format(n=n) for n in (1, 2, 3))


FOUND = "coalesce(sum(one) FILTER (WHERE severity = {n}), 0)"
OPEN = "coalesce(sum(one) FILTER (WHERE severity = {n} AND closed_at IS NULL), 0)"
SUMS = f"{by_severity(FOUND)}, {by_severity(OPEN)}"
COLUMNS = f"{by_severity('found_{n}')}, {by_severity('open_{n}')}"
ADDED = ", ".join(
    by_severity(each + "_{n} = kept." + each + "_{n} + excluded." + each + "_{n}")
    for each in ("found", "open")
)

# Rows of one estate are of one community, except while it moves. Then no sum changes, and what
# does not change is left alone; the community in the sums follows by the foreign key.
SUM_FINDINGS = """
    INSERT INTO inspections_findingcell AS kept
        (x, y, estate_id, kind, month, slot, community_id, {columns})
    SELECT {cell}, estate_id, kind, {month}, mine, max(community_id), {sums}
    FROM ({rows}) AS r WHERE in_force
    GROUP BY 1, 2, 3, 4, 5 HAVING ({sums}) <> (0, 0, 0, 0, 0, 0)
    ON CONFLICT (x, y, estate_id, kind, month, slot) DO UPDATE SET {added};

    INSERT INTO inspections_estatemonth AS kept
        (estate_id, kind, month, slot, community_id, {columns})
    SELECT estate_id, kind, {month}, mine, max(community_id), {sums}
    FROM ({rows}) AS r WHERE in_force
    GROUP BY 1, 2, 3 HAVING ({sums}) <> (0, 0, 0, 0, 0, 0)
    ON CONFLICT (estate_id, kind, month, slot) DO UPDATE SET {added};
"""

SUM_INSPECTIONS = """
    INSERT INTO inspections_estatemonth AS kept
        (estate_id, kind, month, slot, community_id, inspections)
    SELECT estate_id, kind, {month}, mine, max(community_id), sum(one)
    FROM ({rows}) AS r WHERE in_force
    GROUP BY 1, 2, 3 HAVING sum(one) <> 0
    ON CONFLICT (estate_id, kind, month, slot) DO UPDATE
    SET inspections = kept.inspections + excluded.inspections;
"""

TRIGGER = """
CREATE FUNCTION {table}_sum_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine CONSTANT smallint := geo_writing_slot();
BEGIN
    {body}
    RETURN NULL;
END $$;
CREATE TRIGGER sum_{event} AFTER {event} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_sum_{event}()
"""

# After rows were loaded with triggers off. Writers wait until it is done; readers do not.
REBUILD = """
CREATE FUNCTION inspections_rebuild_cells()
RETURNS void LANGUAGE plpgsql SET work_mem = '128MB' AS $$
BEGIN
    LOCK TABLE inspections_finding, inspections_inspection IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM inspections_findingcell;
    DELETE FROM inspections_estatemonth;
    INSERT INTO inspections_findingcell
        (x, y, community_id, estate_id, kind, month, slot, {columns})
    SELECT {cell}, community_id, estate_id, kind, {month}, 0, {sums}
    FROM (SELECT *, 1 AS one FROM inspections_finding WHERE in_force) AS r
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2;
    INSERT INTO inspections_estatemonth (community_id, estate_id, kind, month, slot, {columns})
    SELECT community_id, estate_id, kind, month, 0, {of_cells}
    FROM inspections_findingcell GROUP BY 1, 2, 3, 4;
    INSERT INTO inspections_estatemonth AS kept
        (community_id, estate_id, kind, month, slot, inspections)
    SELECT community_id, estate_id, kind, {month}, 0, count(*)
    FROM inspections_inspection WHERE in_force GROUP BY 1, 2, 3, 4
    ON CONFLICT (estate_id, kind, month, slot) DO UPDATE SET inspections = excluded.inspections;
    PERFORM geo_count_writes(ARRAY['findings', 'inspections'], ARRAY[0, 0]);
END $$
"""
OF_CELLS = f"{by_severity('sum(found_{n})')}, {by_severity('sum(open_{n})')}"

PAIR = """
ALTER TABLE inspections_{summary} ADD CONSTRAINT inspections_{summary}_community_is_the_estates
    FOREIGN KEY (estate_id, community_id) REFERENCES geo_estate (id, community_id)
    ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE inspections_{summary} SET (fillfactor = 80)
"""


def summed(table: str, body: str) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            TRIGGER.format(
                table=table,
                event=event,
                tables=tables,
                body=body.format(
                    rows=rows, month=MONTH, cell=CELL, sums=SUMS, columns=COLUMNS, added=ADDED
                ),
            ),
            f"DROP FUNCTION {table}_sum_{event}() CASCADE",
        )
        for event, (tables, rows) in WROTE.items()
    ]


def watched(table: str, group: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [("SELECT geo_watch(%s, %s, 'community_id')", [table, f"'{group}'"])],
        [("SELECT geo_unwatch(%s)", [table])],
    )


def fields(*own: tuple[str, models.Field]) -> list[tuple[str, models.Field]]:
    return [
        *own,
        ("kind", models.CharField(max_length=40)),
        ("month", models.DateField()),
        ("slot", models.SmallIntegerField()),
        *(
            (
                name,
                models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to=f"geo.{name}",
                ),
            )
            for name in ("community", "estate")
        ),
    ]


def key(*parts: str) -> tuple[str, models.CompositePrimaryKey]:
    return "pk", models.CompositePrimaryKey(
        *parts, blank=True, editable=False, primary_key=True, serialize=False
    )


OPTIONS = {"abstract": False, "default_permissions": ()}


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_tile_columns"),
        ("inspections", "0003_estate_and_community"),
    ]

    operations = [
        migrations.CreateModel(
            name="FindingCell",
            fields=fields(
                key("x", "y", "estate", "kind", "month", "slot"),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                *((each, models.IntegerField()) for each in COLUMNS.split(", ")),
            ),
            options=OPTIONS,
        ),
        migrations.CreateModel(
            name="EstateMonth",
            fields=fields(
                key("estate", "kind", "month", "slot"),
                ("inspections", models.IntegerField(db_default=0)),
                *((each, models.IntegerField(db_default=0)) for each in COLUMNS.split(", ")),
            ),
            options=OPTIONS,
        ),
        *(
            migrations.RunSQL(PAIR.format(summary=summary), migrations.RunSQL.noop)
            for summary in ("findingcell", "estatemonth")
        ),
        *summed("inspections_finding", SUM_FINDINGS),
        *summed("inspections_inspection", SUM_INSPECTIONS),
        migrations.RunSQL(
            REBUILD.format(month=MONTH, cell=CELL, sums=SUMS, columns=COLUMNS, of_cells=OF_CELLS),
            "DROP FUNCTION inspections_rebuild_cells()",
        ),
        watched("inspections_finding", "findings"),
        watched("inspections_inspection", "inspections"),
    ]
