"""Counts of writes, kept by triggers: the versions of tiles and figures."""

import django.db.models.fields.composite
from django.db import migrations, models

# The lock is kept to the end of the transaction, and whoever has it writes that slot alone. Only
# when all slots are taken does a writer wait, so there is nothing to deadlock about below that.
WRITING_SLOT = """
CREATE FUNCTION geo_writing_slot() RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
    space CONSTANT int := 'geo_writecount'::regclass::oid::bigint % 2147483647;
    slots CONSTANT int := 64;
BEGIN
    FOR slot IN 0 .. slots - 1 LOOP
        IF pg_try_advisory_xact_lock(space, slot) THEN
            RETURN slot;
        END IF;
    END LOOP;
    PERFORM pg_advisory_xact_lock(space, pg_backend_pid() % slots);
    RETURN pg_backend_pid() % slots;
END $$
"""

# For writes that no trigger saw.
COUNT_WRITES = """
CREATE FUNCTION geo_count_writes(groups text[], communities bigint[])
RETURNS void LANGUAGE sql AS $$
    INSERT INTO geo_writecount AS kept ("group", community, slot, n, xact)
    SELECT g, c, geo_writing_slot(), extract(epoch FROM clock_timestamp()) * 1000000,
        pg_current_xact_id()::text::bigint
    FROM unnest(groups, communities) AS t (g, c)
    ON CONFLICT ("group", community, slot)
    DO UPDATE SET n = greatest(kept.n + 1, excluded.n), xact = excluded.xact
$$
"""

# "group" and community are expressions over a row of the table: their values for all rows that a
# statement wrote, as they were and as they are, are what is counted.
#
# Only the sum at commit is ever seen by others. A transaction of many statements therefore
# writes a count again only after 5 ms: each writing leaves a dead row that the next must pass.
WATCH = """
CREATE FUNCTION geo_watch(watched text, "group" text, community text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wrote record;
    counting text;
BEGIN
    FOR wrote IN
        SELECT * FROM (VALUES
            ('insert', 'NEW TABLE AS new_rows', 'SELECT * FROM new_rows'),
            ('update', 'OLD TABLE AS old_rows NEW TABLE AS new_rows',
                'SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows'),
            ('delete', 'OLD TABLE AS old_rows', 'SELECT * FROM old_rows')
        ) AS w (event, tables, rows)
    LOOP
        counting := watched || '_count_' || wrote.event;
        EXECUTE format($f$
            CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql AS $t$
            DECLARE
                now_us CONSTANT bigint := extract(epoch FROM clock_timestamp()) * 1000000;
                this_xact CONSTANT bigint := pg_current_xact_id()::text::bigint;
            BEGIN
                INSERT INTO geo_writecount AS kept ("group", community, slot, n, xact)
                SELECT DISTINCT %2$s, coalesce(%3$s, 0), geo_writing_slot(), now_us, this_xact
                FROM (%4$s) AS r
                ON CONFLICT ("group", community, slot)
                DO UPDATE SET n = greatest(kept.n + 1, excluded.n), xact = excluded.xact
                WHERE kept.xact <> excluded.xact OR kept.n < excluded.n - 5000;
                RETURN NULL;
            END $t$
            $f$, counting, "group", community, wrote.rows);
        EXECUTE format(
            'CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s'
            ' FOR EACH STATEMENT EXECUTE FUNCTION %I()',
            'count_' || wrote.event, wrote.event, watched, wrote.tables, counting
        );
    END LOOP;
END $$
"""

UNWATCH = """
CREATE FUNCTION geo_unwatch(watched text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    event text;
BEGIN
    FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
        EXECUTE format('DROP FUNCTION %I() CASCADE', watched || '_count_' || event);
    END LOOP;
END $$
"""

WATCHED = [
    ("geo_community", "'communities'", "id"),
    ("geo_estate", "'estates'", "community_id"),
    ("geo_building", "'buildings'", "community_id"),
    ("geo_asset", "type", "community_id"),
    ("geo_road", "'roads'", "0"),
]


class Migration(migrations.Migration):
    dependencies = [("geo", "0003_asset_merges_and_road_history")]

    operations = [
        migrations.CreateModel(
            name="WriteCount",
            fields=[
                (
                    "pk",
                    django.db.models.fields.composite.CompositePrimaryKey(
                        "group",
                        "community",
                        "slot",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("group", models.CharField(max_length=20)),
                ("community", models.BigIntegerField()),
                ("slot", models.SmallIntegerField()),
                ("n", models.BigIntegerField()),
                ("xact", models.BigIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(
            "ALTER TABLE geo_writecount SET (fillfactor = 50)", migrations.RunSQL.noop
        ),
        migrations.RunSQL(WRITING_SLOT, "DROP FUNCTION geo_writing_slot()"),
        migrations.RunSQL(COUNT_WRITES, "DROP FUNCTION geo_count_writes(text[], bigint[])"),
        migrations.RunSQL(WATCH, "DROP FUNCTION geo_watch(text, text, text)"),
        migrations.RunSQL(UNWATCH, "DROP FUNCTION geo_unwatch(text)"),
        *(
            migrations.RunSQL(
                [("SELECT geo_watch(%s, %s, %s)", [table, group, community])],
                [("SELECT geo_unwatch(%s)", [table])],
            )
            for table, group, community in WATCHED
        ),
    ]
