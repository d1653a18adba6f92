"""Which rows of the register were written, kept by triggers a statement at a time."""

from django.db import migrations, models

KEEP = """
CREATE FUNCTION {table}_told_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO geo_change (layer, key, community, whole, xact, at)
    SELECT layer, key::text, community, bool_or(whole), pg_current_xact_id()::text::bigint, now()
    FROM ({rows}) AS wrote (layer, key, community, whole)
    GROUP BY layer, key, community;
    RETURN NULL;
END $$;
CREATE TRIGGER told_{event} AFTER {event} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_told_{event}()
"""
FORGET = "DROP FUNCTION {table}_told_{event}() CASCADE"

TABLES = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
BOTH = "old_rows AS o JOIN new_rows AS n ON n.id = o.id"

# What stands in an estate is seen by the estate's company, and named by its name.
ESTATE_IS_OTHER = (
    "(o.community_id, o.company_id, o.name, o.retired_at)"
    " IS DISTINCT FROM (n.community_id, n.company_id, n.name, n.retired_at)"
)


ROW = "SELECT '{layer}', {r}.{key}, {community}, {whole} FROM {rows}"


def wrote(layer, community, *, key="id", whole="false", other="o.* IS DISTINCT FROM n.*"):
    """Rows as they were and as they are, where they are other."""

    def row(r, rows, whole="false"):
        told = {"key": key, "community": community.format(r=r), "whole": whole}
        return ROW.format(layer=layer, r=r, rows=rows, **told)

    return {
        "INSERT": row("r", "new_rows AS r"),
        "DELETE": row("r", "old_rows AS r"),
        "UPDATE": " UNION ALL ".join(row(r, f"{BOTH} WHERE {other}", whole) for r in "on"),
    }


BUILDING = wrote("buildings", "{r}.community_id")
# An estate tells its highest building.
TALLEST = wrote(
    "estates",
    "{r}.community_id",
    key="estate_id",
    other="(o.height_m, o.estate_id, o.retired_at)"
    " IS DISTINCT FROM (n.height_m, n.estate_id, n.retired_at)",
)
# And the names of its community and of its company.
NAMED_BY = ROW.format(
    layer="estates",
    r="e",
    key="id",
    community="e.community_id",
    whole="false",
    rows=BOTH + " JOIN geo_estate AS e ON e.{by} = n.id WHERE o.name <> n.name",
)

KEPT = {
    "geo_community": wrote("communities", "{r}.id"),
    "geo_estate": wrote("estates", "{r}.community_id", whole=ESTATE_IS_OTHER),
    "geo_building": {
        event: f"{rows} UNION ALL {TALLEST[event]}" for event, rows in BUILDING.items()
    },
    "geo_exit": wrote(
        "exits", "(SELECT community_id FROM geo_building WHERE id = {r}.building_id)"
    ),
    "geo_asset": wrote("assets", "{r}.community_id"),
    "geo_propertycompany": {"UPDATE": NAMED_BY.format(by="company_id")},
}
KEPT["geo_community"]["UPDATE"] += " UNION ALL " + NAMED_BY.format(by="community_id")

EMPTIED = """
CREATE FUNCTION geo_told_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO geo_change (layer, key, community, whole, xact, at)
    VALUES ('*', '', 0, true, pg_current_xact_id()::text::bigint, now());
    RETURN NULL;
END $$
"""
TELL_EMPTIED = """
CREATE TRIGGER told_emptied AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION geo_told_emptied()
"""
EMPTIABLE = ("geo_estate", "geo_building", "geo_asset", "geo_exit")


class Migration(migrations.Migration):
    dependencies = [("geo", "0006_places_proposed_from_the_field")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("layer", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=36)),
                ("community", models.BigIntegerField()),
                ("whole", models.BooleanField()),
                ("xact", models.BigIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["community", "xact"], name="changes_by_community")
                ],
            },
        ),
        *(
            migrations.RunSQL(
                KEEP.format(table=table, event=event.lower(), tables=TABLES[event], rows=rows),
                FORGET.format(table=table, event=event.lower()),
            )
            for table, statements in KEPT.items()
            for event, rows in statements.items()
        ),
        migrations.RunSQL(EMPTIED, "DROP FUNCTION geo_told_emptied() CASCADE"),
        *(
            migrations.RunSQL(
                TELL_EMPTIED.format(table=table), f"DROP TRIGGER told_emptied ON {table}"
            )
            for table in EMPTIABLE
        ),
    ]
