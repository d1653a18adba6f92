"""Sums by day lie side by side in the row of their month, and items have them too."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

sums = import_module("inspections.migrations.0028_sums_by_day_and_by_item")
lacks = import_module("inspections.migrations.0029_what_sums_lack")
stood = import_module("inspections.migrations.0026_how_cases_stood")
before = import_module("inspections.migrations.0032_found_again_by_place")
lies = import_module("inspections.migrations.0034_where_findings_lie")
DAY, MONTH, CELL, EVENTS = sums.DAY, sums.MONTH, sums.CELL, sums.EVENTS
columns, summed, added, nought = sums.columns, sums.summed, sums.added, sums.nought

# Numbers of four bytes, the highest first: of each day one, or of findings three, by severity.
DAYS = 31


def none(n: int) -> str:
    return f"decode(repeat('00', {4 * n * DAYS}), 'hex')"


def number_at(days: str, at: str) -> str:
    return "(({} << 24) | ({} << 16) | ({} << 8) | {})".format(
        *(f"get_byte({days}, {at} + {n})" for n in range(4))
    )


def on_its_day(numbers: str, n: int, day: str, more: str = "") -> str:
    """Nothing but these, of the `n` of that day; `more`: after how many of them."""
    at = f"((date_part('day', {day})::integer - 1) * {n}{more}) * 4 + 1"
    return f"overlay({none(n)} PLACING {numbers} FROM {at})"


# Mostly it is a single day that is added: what is nothing is left alone at both ends.
ADD_DAYS = f"""
CREATE FUNCTION inspections_days_added(kept bytea, more bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    at integer := (length(more) - length(ltrim(more, '\\x00'::bytea))) / 4 * 4;
    beyond CONSTANT integer := length(rtrim(more, '\\x00'::bytea));
BEGIN
    WHILE at < beyond LOOP
        kept := overlay(
            kept PLACING int4send({number_at("kept", "at")} + {number_at("more", "at")})
            FROM at + 1);
        at := at + 4;
    END LOOP;
    RETURN kept;
END $$;
CREATE AGGREGATE inspections_days_sum(bytea) (sfunc = inspections_days_added, stype = bytea)
"""
NO_DAYS = """
DROP AGGREGATE inspections_days_sum(bytea);
DROP FUNCTION inspections_days_added(bytea, bytea)
"""


def of_events(what: str) -> str:
    day = on_its_day(f"int4send(e.{what}::integer)", 3, "day", " + severity - 1")
    return f"coalesce(inspections_days_sum({day}) FILTER (WHERE e.{what} <> 0), {none(3)})"


def days_added(*what: str) -> str:
    return ", ".join(
        f"{each}_by_day = inspections_days_added(kept.{each}_by_day, excluded.{each}_by_day)"
        for each in what
    )


DAYS_OF_EVENTS = f"{of_events('found')}, {of_events('closed')}"
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
            (estate_id, kind, month, slot, community_id, {columns("found", "open", "closed")},
             found_by_day, closed_by_day)
        SELECT estate_id, kind, {MONTH.format("day")}, mine, max(community_id),
            {summed("e.found", "e.open", "e.closed")}, {DAYS_OF_EVENTS}
        FROM events e GROUP BY 1, 2, 3
        HAVING ({summed("e.open")}, {DAYS_OF_EVENTS}) <> (0, 0, 0, {none(3)}, {none(3)})
        ON CONFLICT (estate_id, kind, month, slot) DO UPDATE
        SET {added("found", "open", "closed")}, {days_added("found", "closed")}
    )
    INSERT INTO inspections_itemmonth AS kept
        (estate_id, kind, item, month, slot, community_id, {columns("found", "closed")},
         found_by_day, closed_by_day)
    SELECT estate_id, kind, item, {MONTH.format("day")}, mine, max(community_id),
        {summed("e.found", "e.closed")}, {DAYS_OF_EVENTS}
    FROM events e GROUP BY 1, 2, 3, 4
    HAVING ({DAYS_OF_EVENTS}) <> ({none(3)}, {none(3)})
    ON CONFLICT (estate_id, kind, item, month, slot) DO UPDATE
    SET {added("found", "closed")}, {days_added("found", "closed")};
"""
OF_INSPECTIONS = f"inspections_days_sum({on_its_day('int4send(one)', 1, 'day')})"
SUM_INSPECTIONS = f"""
    INSERT INTO inspections_estatemonth AS kept
        (estate_id, kind, month, slot, community_id, inspections, inspections_by_day)
    SELECT estate_id, kind, {MONTH.format("day")}, mine, max(community_id), sum(one),
        {OF_INSPECTIONS}
    FROM (
        SELECT estate_id, community_id, kind, {DAY.format("recorded_at")} AS day, one
        FROM ({{rows}}) AS wrote WHERE in_force
    ) AS r
    GROUP BY 1, 2, 3 HAVING {OF_INSPECTIONS} <> {none(1)}
    ON CONFLICT (estate_id, kind, month, slot) DO UPDATE
    SET inspections = kept.inspections + excluded.inspections, {days_added("inspections")};
"""
REOPENED_TOO = EVENTS + sums.BEFORE + sums.CHANGED_SPANS
FINDINGS = {
    "insert": SUM_FINDINGS.format(rows=sums.NEW, events=EVENTS, reopened=""),
    "update": sums.FINDING_CHANGED
    + SUM_FINDINGS.format(rows=sums.BOTH, events=REOPENED_TOO, reopened=sums.SPANS),
    "delete": SUM_FINDINGS.format(rows=sums.OLD, events=EVENTS, reopened=""),
}
INSPECTIONS = {
    "insert": SUM_INSPECTIONS.format(rows=sums.NEW),
    "update": sums.INSPECTION_CHANGED + SUM_INSPECTIONS.format(rows=sums.BOTH),
    "delete": SUM_INSPECTIONS.format(rows=sums.OLD),
}


def functions(table: str, now: dict[str, str], then: dict[str, str]) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            sums.FUNCTION.format(table=table, event=event, body=body),
            sums.FUNCTION.format(table=table, event=event, body=then[event]),
        )
        for event, body in now.items()
    ]


def days_as_rows(summary: str, keys: str, **numbers: int) -> migrations.RunSQL:
    """Of which each day has so many numbers."""
    told = [
        f"{number_at(f'{what}_by_day', f'({each} * n + {at}) * 4')} AS {name}"
        for what, each in numbers.items()
        for at, name in enumerate(columns(what).split(", ") if each == 3 else [what])
    ]
    return migrations.RunSQL(
        f"""
        CREATE VIEW inspections_{summary}day AS
        SELECT {keys}, community_id, slot, month + n AS day, {", ".join(told)}
        FROM inspections_{summary}month CROSS JOIN generate_series(0, {DAYS - 1}) AS n
        """,
        f"DROP VIEW inspections_{summary}day",
    )


OF_MONTH, OF_DAY = columns("found", "open", "closed"), columns("found", "closed")
ESTATE, ITEM = "estate_id, kind", "estate_id, kind, item"
DAYS_DIFFER, ITEMS_DIFFERED = lacks.DIFFERENCES[2:]
OF_ITEM = ", ".join(
    sums.by_severity(f"{each} * (severity = {{n}})::int AS {each}_{{n}}")
    for each in ("found", "closed")
)
ITEMS_DIFFER = [
    lacks.differs(
        f"item{time}",
        f"{ITEM}, {time}",
        OF_DAY,
        f"SELECT {ITEM}, {at} AS {time}, {OF_ITEM} FROM ({lacks.ALL_ROWS}) AS e",
    )
    for time, at in (("month", MONTH.format("day")), ("day", "day"))
]


def days_righted(summary: str, keys: str, totals: str = "", **numbers: int) -> str:
    """`totals`: months lack as much as their days do; what they lack beside is righted after."""

    def packed(what: str, each: int) -> str:
        names = columns(what).split(", ") if each == 3 else [what]
        sent = " || ".join(f"int4send(d.{name})" for name in names)
        return f"inspections_days_sum({on_its_day(sent, each, 'd.day')})"

    of_keys = ", ".join(f"d.{each}" for each in keys.split(", "))
    sums_too = totals.split(", ") if totals else []
    into = [*sums_too, *(f"{each}_by_day" for each in numbers)]
    lacking = [f"sum(d.{each})" for each in sums_too] + [packed(*each) for each in numbers.items()]
    also = [f"{each} = kept.{each} + excluded.{each}" for each in sums_too]
    return f"""
    INSERT INTO inspections_{summary}month AS kept
        ({keys}, month, slot, community_id, {", ".join(into)})
    SELECT {of_keys}, {MONTH.format("d.day")}, geo_writing_slot(), e.community_id,
        {", ".join(lacking)}
    FROM inspections_{summary}day_differs d JOIN geo_estate e ON e.id = d.estate_id
    GROUP BY {of_keys}, {MONTH.format("d.day")}, e.community_id
    ON CONFLICT ({keys}, month, slot) DO UPDATE
    SET {", ".join([*also, days_added(*numbers)])};
    """


DAYS_RIGHTED = lacks.righted("estateday", f"{ESTATE}, day", f"inspections, {OF_DAY}")
ITEMS_RIGHTED = lacks.righted(
    "itemmonth", "estate_id, kind, item, severity, month", "found, closed"
)
SUM_AGAIN = lies.LIES_AGAIN
SUMS_DAYS_AGAIN = SUM_AGAIN.replace(
    DAYS_RIGHTED, days_righted("estate", ESTATE, inspections=1, found=3, closed=3)
).replace(
    ITEMS_RIGHTED,
    days_righted("item", ITEM, OF_DAY, found=3, closed=3)
    + lacks.righted("itemmonth", f"{ITEM}, month", OF_DAY),
)


# None of a row's days has anything unless it is told.
KEEP_DAYS = "ALTER TABLE inspections_{table} ADD {name}_by_day bytea NOT NULL DEFAULT {none}"
NO_LONGER = "ALTER TABLE inspections_{table} DROP {name}_by_day"


def days_kept(table: str, **numbers: int) -> list[migrations.SeparateDatabaseAndState]:
    return [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    KEEP_DAYS.format(table=table, name=name, none=none(n)),
                    NO_LONGER.format(table=table, name=name),
                )
            ],
            [migrations.AddField(table, f"{name}_by_day", models.BinaryField(default=b""), False)],
        )
        for name, n in numbers.items()
    ]


def given_up(table: str, model: str) -> list[Any]:
    pair = sums.PAIR.format(table=table, fill=80)
    return [migrations.RunSQL(migrations.RunSQL.noop, pair), migrations.DeleteModel(model)]


def undone(operation: migrations.RunSQL) -> migrations.RunSQL:
    return migrations.RunSQL(operation.reverse_sql, operation.sql)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0037_hot_spots_of_before")]

    operations = [
        migrations.RunSQL(
            stood.HELD.format(tables="inspections_inspection, inspections_finding"),
            migrations.RunSQL.noop,
        ),
        # On the way back, the tables of before are filled last of all.
        migrations.RunSQL(migrations.RunSQL.noop, "SELECT inspections_sum_again()"),
        migrations.RunSQL(ADD_DAYS, NO_DAYS),
        undone(DAYS_DIFFER),
        undone(ITEMS_DIFFERED),
        *given_up("estateday", "EstateDay"),
        *given_up("itemmonth", "ItemMonth"),
        migrations.CreateModel(
            name="ItemMonth",
            fields=[
                sums.key("estate", "kind", "item", "month", "slot"),
                ("kind", models.CharField(max_length=40)),
                ("item", models.CharField(max_length=20)),
                ("month", models.DateField()),
                ("slot", models.SmallIntegerField()),
                sums.place("community"),
                sums.place("estate"),
                *((name, sums.number()) for name in OF_DAY.split(", ")),
            ],
            options=sums.OPTIONS,
        ),
        migrations.RunSQL(sums.PAIR.format(table="itemmonth", fill=80), migrations.RunSQL.noop),
        *days_kept("itemmonth", found=3, closed=3),
        *days_kept("estatemonth", inspections=1, found=3, closed=3),
        days_as_rows("estate", ESTATE, inspections=1, found=3, closed=3),
        days_as_rows("item", ITEM, found=3, closed=3),
        *functions("inspections_finding", FINDINGS, before.SUMS_ALONE),
        *functions("inspections_inspection", INSPECTIONS, sums.INSPECTIONS),
        DAYS_DIFFER,
        *ITEMS_DIFFER,
        migrations.RunSQL(SUMS_DAYS_AGAIN, SUM_AGAIN),
    ]
