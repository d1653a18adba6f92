"""The community of a gate or a survey is its estate's; a sensitive place is a point or an area;
and what is written of them is counted, as of exits and excluded areas, which had no readers that
asked for it."""

from importlib import import_module

from django.db import migrations

community = import_module("geo.migrations.0002_estate_and_community")

WATCHED = [
    (
        "geo_exit",
        "'exits'",
        "(SELECT b.community_id FROM geo_building AS b WHERE b.id = building_id)",
    ),
    ("geo_excludedarea", "'excluded_areas'", "0"),
    ("geo_sensitiveplace", "'sensitive_places'", "0"),
    ("geo_gate", "'gates'", "community_id"),
    ("geo_survey", "'surveys'", "community_id"),
]


class Migration(migrations.Migration):
    dependencies = [("geo", "0009_what_sites_are_checked_against")]

    operations = [
        *(
            migrations.RunSQL(
                community.FOLLOW.format(table=table), community.UNFOLLOW.format(table=table)
            )
            for table in ("geo_gate", "geo_survey")
        ),
        migrations.RunSQL(
            """
            ALTER TABLE geo_sensitiveplace ADD CONSTRAINT a_sensitive_place_is_a_point_or_an_area
                CHECK (GeometryType(geom) IN ('POINT', 'POLYGON', 'MULTIPOLYGON'))
            """,
            "ALTER TABLE geo_sensitiveplace DROP CONSTRAINT a_sensitive_place_is_a_point_or_an_area",
        ),
        *(
            migrations.RunSQL(
                [("SELECT geo_watch(%s, %s, %s)", [table, group, community_of])],
                [("SELECT geo_unwatch(%s)", [table])],
            )
            for table, group, community_of in WATCHED
        ),
    ]
