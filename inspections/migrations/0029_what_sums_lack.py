"""What each summary lacks is told by a view beside it, and added without keeping anyone waiting."""

from importlib import import_module

from django.db import migrations

old = import_module("inspections.migrations.0004_summaries")
sums = import_module("inspections.migrations.0028_sums_by_day_and_by_item")
DAY, MONTH, CELL, EVENTS, BEFORE = sums.DAY, sums.MONTH, sums.CELL, sums.EVENTS, sums.BEFORE
AGAIN, EARLIER, OF_DAY = sums.AGAIN, sums.EARLIER, sums.OF_DAY
by_severity, columns, nought = sums.by_severity, sums.columns, sums.nought

# A summary as it should be, and as it is: rows of {keys}, and of each number by how much what is
# kept lacks it.
DIFFERS = """
CREATE VIEW inspections_{summary}_differs AS
SELECT {keys}, {told} FROM (
    SELECT {keys}, {numbers} FROM ({truth}) AS truth
    UNION ALL
    SELECT {keys}, {less} FROM inspections_{summary}
) AS both_of_them
GROUP BY {keys} HAVING ({sums}) <> {nought}
"""
ALL_ROWS = f"""
    WITH r AS (
        SELECT id, 1 AS one, estate_id, community_id, kind, item, severity, place, recorded_at,
            closed_at
        FROM inspections_finding WHERE in_force
    ) {EVENTS} {BEFORE}
"""


def differs(summary: str, keys: str, numbers: str, truth: str) -> migrations.RunSQL:
    names = numbers.split(", ")
    return migrations.RunSQL(
        DIFFERS.format(
            summary=summary,
            keys=keys,
            numbers=numbers,
            truth=truth,
            told=", ".join(f"sum({name})::int AS {name}" for name in names),
            sums=", ".join(f"sum({name})" for name in names),
            less=", ".join(f"-{name}" for name in names),
            nought=nought(len(names)),
        ),
        f"DROP VIEW inspections_{summary}_differs",
    )


OF_MONTH = columns("found", "open", "closed")
DIFFERENCES = (
    differs(
        "findingcell",
        "x, y, estate_id, kind, month",
        columns("found", "open"),
        f"""SELECT {CELL}, estate_id, kind, {MONTH.format(DAY.format("recorded_at"))} AS month,
            {by_severity("(severity = {n})::int AS found_{n}")},
            {by_severity("(severity = {n} AND closed_at IS NULL)::int AS open_{n}")}
            FROM inspections_finding WHERE in_force""",
    ),
    *(
        differs(
            summary,
            f"estate_id, kind, {time}",
            f"inspections, {numbers}",
            f"""SELECT estate_id, kind, {at} AS {time}, 0 AS inspections, {found}
                FROM ({ALL_ROWS}) AS e
                UNION ALL SELECT estate_id, kind, {recorded}, 1, {", ".join("0" * n)}
                FROM inspections_inspection WHERE in_force""",
        )
        for summary, time, numbers, at, recorded, found, n in (
            (
                *("estatemonth", "month", OF_MONTH, MONTH.format("day")),
                MONTH.format(DAY.format("recorded_at")),
                ", ".join(
                    by_severity(f"{each} * (severity = {{n}})::int AS {each}_{{n}}")
                    for each in ("found", "open", "closed")
                ),
                9,
            ),
            (
                *("estateday", "day", OF_DAY, "day", DAY.format("recorded_at")),
                ", ".join(
                    by_severity(f"{each} * (severity = {{n}})::int AS {each}_{{n}}")
                    for each in ("found", "closed")
                ),
                6,
            ),
        )
    ),
    differs(
        "itemmonth",
        "estate_id, kind, item, severity, month",
        "found, closed",
        f"""SELECT estate_id, kind, item, severity, {MONTH.format("day")} AS month, found, closed
            FROM ({ALL_ROWS}) AS e""",
    ),
)

# What is right may be wrong elsewhere the moment after; that one more or less is lacking stays
# true. So nobody is kept from writing.
RIGHTED = """
    INSERT INTO inspections_{summary} AS kept ({keys}, slot, community_id, {numbers})
    SELECT {of_keys}, geo_writing_slot(), e.community_id, {of_numbers}
    FROM inspections_{summary}_differs d JOIN geo_estate e ON e.id = d.estate_id
    ON CONFLICT ({keys}, slot) DO UPDATE SET {added};
"""


def righted(summary: str, keys: str, numbers: str) -> str:
    names = numbers.split(", ")
    return RIGHTED.format(
        summary=summary,
        keys=keys,
        numbers=numbers,
        of_keys=", ".join(f"d.{each}" for each in keys.split(", ")),
        of_numbers=", ".join(f"d.{each}" for each in names),
        added=", ".join(f"{each} = kept.{each} + excluded.{each}" for each in names),
    )


AGAIN_DIFFERS = f"""
CREATE VIEW inspections_foundagain_differs AS
SELECT coalesce(t.id, f.finding_id) AS finding_id, (t.id IS NOT NULL)::int AS lacks
FROM (
    SELECT n.id, n.estate_id, n.kind, n.item, n.severity, n.recorded_at
    FROM inspections_finding n WHERE n.in_force AND ({AGAIN.format(earlier=EARLIER)})
) AS t
FULL JOIN inspections_foundagain f ON f.finding_id = t.id
WHERE (t.estate_id, t.kind, t.item, t.severity, t.recorded_at)
    IS DISTINCT FROM (f.estate_id, f.kind, f.item, f.severity, f.recorded_at)
"""

# After rows were loaded with triggers off. Nobody waits for it. When findings stood closed is
# learned from how their cases stood.
SUM_AGAIN = f"""
CREATE FUNCTION inspections_learn_closings() RETURNS void LANGUAGE sql AS $$
    INSERT INTO inspections_closedspan (finding_id, closed_at, reopened_at)
    SELECT f.id, greatest(s.ended_at, f.recorded_at), s.until
    FROM inspections_casespan s JOIN inspections_finding f ON f.case_id = s.case_id
    WHERE s.ended_at IS NOT NULL AND s.until > greatest(s.ended_at, f.recorded_at)
      AND NOT EXISTS (SELECT FROM inspections_closedspan c WHERE c.finding_id = f.id)
      AND (f.closed_at IS NULL OR f.closed_at >= s.until)
    ON CONFLICT DO NOTHING
$$;
CREATE FUNCTION inspections_sum_again() RETURNS void LANGUAGE plpgsql
SET work_mem = '128MB' AS $$
BEGIN
    {righted("findingcell", "x, y, estate_id, kind, month", columns("found", "open"))}
    {righted("estatemonth", "estate_id, kind, month", f"inspections, {OF_MONTH}")}
    {righted("estateday", "estate_id, kind, day", f"inspections, {OF_DAY}")}
    {righted("itemmonth", "estate_id, kind, item, severity, month", "found, closed")}
    PERFORM inspections_find_again(array_agg(finding_id)) FROM inspections_foundagain_differs
    HAVING count(*) > 0;
    PERFORM geo_count_writes(ARRAY['findings', 'inspections'], ARRAY[0, 0]);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("inspections", "0028_sums_by_day_and_by_item")]

    operations = [
        *DIFFERENCES,
        migrations.RunSQL(AGAIN_DIFFERS, "DROP VIEW inspections_foundagain_differs"),
        migrations.RunSQL(
            SUM_AGAIN,
            "DROP FUNCTION inspections_sum_again();DROP FUNCTION inspections_learn_closings()",
        ),
        migrations.RunSQL(
            "DROP FUNCTION inspections_rebuild_cells()",
            old.REBUILD.format(
                month=old.MONTH,
                cell=old.CELL,
                sums=old.SUMS,
                columns=old.COLUMNS,
                of_cells=old.OF_CELLS,
            ),
        ),
    ]
