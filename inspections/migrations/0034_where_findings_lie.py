"""Where in their cells findings lie is summed: how many, their offsets, and the squares of these."""

from importlib import import_module

from django.db import migrations, models

sums = import_module("inspections.migrations.0028_sums_by_day_and_by_item")
old = import_module("inspections.migrations.0004_summaries")
lacking = import_module("inspections.migrations.0029_what_sums_lack")

KEYS = "x, y, estate_id, kind, month"
# Offsets from the middle of the cell, in parts of which a cell has 256: east and south.
OFFSETS = ("geo_tile_x(place, 27) & 255) - 128", "geo_tile_y(place, 27) & 255) - 128")
# What is summed of each finding, by the end of its column's name.
PARTS = {"": "1", "_e": "e", "_s": "s", "_ee": "e * e", "_ss": "s * s", "_es": "e * s"}
NAMES = [f"{what}_{n}{part}" for what in ("found", "open") for n in (1, 2, 3) for part in PARTS]
COLUMNS = ", ".join(NAMES)
LAID = f"""
    SELECT geo_tile_x(place, 19) AS x, geo_tile_y(place, 19) AS y, estate_id, kind,
        {sums.MONTH.format(sums.DAY.format("recorded_at"))} AS month, community_id, severity,
        closed_at IS NULL AS open, ({OFFSETS[0]} AS e, ({OFFSETS[1]} AS s
"""
SUMS = ", ".join(
    f"coalesce(sum(one * {told}) FILTER (WHERE severity = {n}{only}), 0)"
    for only in ("", " AND open")
    for n in (1, 2, 3)
    for told in (f"({each})" for each in PARTS.values())
)
SUM = f"""
    INSERT INTO inspections_findingspot AS kept ({KEYS}, slot, community_id, {COLUMNS})
    SELECT {KEYS}, mine, max(community_id), {SUMS}
    FROM ({LAID}, one FROM ({{rows}}) AS wrote WHERE in_force) AS laid
    GROUP BY {KEYS} HAVING ({SUMS}) <> {sums.nought(len(NAMES))}
    ON CONFLICT ({KEYS}, slot) DO UPDATE
    SET {", ".join(f"{name} = kept.{name} + excluded.{name}" for name in NAMES)};
"""
# Most updates move nothing.
MOVED = """
    IF NOT EXISTS (
        SELECT FROM old_rows o JOIN new_rows n USING (id)
        WHERE (o.in_force, o.estate_id, o.kind, o.recorded_at, o.severity, o.closed_at IS NULL,
               o.place::bytea)
            IS DISTINCT FROM (n.in_force, n.estate_id, n.kind, n.recorded_at, n.severity,
               n.closed_at IS NULL, n.place::bytea)
    ) THEN
        RETURN NULL;
    END IF;
"""
TRIGGER = """
CREATE FUNCTION inspections_finding_lies_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine CONSTANT smallint := geo_writing_slot();
BEGIN
    {body}
    RETURN NULL;
END $$;
CREATE TRIGGER inspections_finding_lies_{event} AFTER {event} ON inspections_finding
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION inspections_finding_lies_{event}()
"""
TRUTH = f"""
    SELECT {KEYS}, {
    ", ".join(
        f"({told}) * (severity = {n}{only})::int AS {what}_{n}{part}"
        for what, only in (("found", ""), ("open", " AND open"))
        for n in (1, 2, 3)
        for part, told in PARTS.items()
    )
} FROM ({LAID} FROM inspections_finding WHERE in_force) AS laid
"""
RIGHTED = lacking.righted("findingspot", KEYS, COLUMNS)
# The other sums as they were, and these before them.
_learning, _function, _body = lacking.SUM_AGAIN.partition("CREATE FUNCTION inspections_sum_again()")
SUMMED_AGAIN = f"CREATE OR REPLACE FUNCTION inspections_sum_again(){_body}"
LIES_AGAIN = SUMMED_AGAIN.replace("BEGIN\n", f"BEGIN\n    {RIGHTED}", 1)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0033_closings_found_by_place")]

    operations = [
        migrations.CreateModel(
            name="FindingSpot",
            fields=[
                sums.key("x", "y", "estate", "kind", "month", "slot"),
                ("kind", models.CharField(max_length=40)),
                ("slot", models.SmallIntegerField()),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                ("month", models.DateField()),
                *((name, sums.number()) for name in NAMES),
                sums.place("community"),
                sums.place("estate"),
            ],
            options=sums.OPTIONS,
        ),
        migrations.RunSQL(sums.PAIR.format(table="findingspot", fill=80), migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                TRIGGER.format(
                    event=event,
                    tables=tables,
                    body=(MOVED if event == "update" else "") + SUM.format(rows=rows),
                ),
                f"DROP TRIGGER inspections_finding_lies_{event} ON inspections_finding;"
                f"DROP FUNCTION inspections_finding_lies_{event}()",
            )
            for event, (tables, rows) in old.WROTE.items()
        ),
        lacking.differs("findingspot", KEYS, COLUMNS, TRUTH),
        migrations.RunSQL(LIES_AGAIN, SUMMED_AGAIN),
    ]
