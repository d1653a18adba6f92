"""A child row's community is its estate's, by constraint; it follows when an estate moves.

Also: the shape of an asset fits its type.
"""

from django.db import migrations

FOLLOW = """
ALTER TABLE {table} ADD CONSTRAINT {table}_community_is_the_estates
    FOREIGN KEY (estate_id, community_id) REFERENCES geo_estate (id, community_id)
    ON UPDATE CASCADE;
CREATE TRIGGER community_from_estate BEFORE INSERT OR UPDATE OF estate_id ON {table}
    FOR EACH ROW WHEN (NEW.estate_id IS NOT NULL)
    EXECUTE FUNCTION geo_community_from_estate();
"""
UNFOLLOW = """
DROP TRIGGER community_from_estate ON {table};
ALTER TABLE {table} DROP CONSTRAINT {table}_community_is_the_estates;
"""


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_first")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION geo_community_from_estate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.community_id := (SELECT community_id FROM geo_estate WHERE id = NEW.estate_id);
                RETURN NEW;
            END $$
            """,
            "DROP FUNCTION geo_community_from_estate()",
        ),
        *(
            migrations.RunSQL(FOLLOW.format(table=table), UNFOLLOW.format(table=table))
            for table in ("geo_building", "geo_asset")
        ),
        migrations.RunSQL(
            """
            ALTER TABLE geo_asset ADD CONSTRAINT an_assets_shape_fits_its_type CHECK (
                CASE type
                    WHEN 'lane' THEN GeometryType(geom) IN ('LINESTRING', 'MULTILINESTRING')
                    WHEN 'light' THEN GeometryType(geom) = 'POINT'
                    WHEN 'hydrant' THEN GeometryType(geom) = 'POINT'
                    WHEN 'charging_site'
                        THEN GeometryType(geom) IN ('POINT', 'POLYGON', 'MULTIPOLYGON')
                    WHEN 'operation_area' THEN GeometryType(geom) IN ('POLYGON', 'MULTIPOLYGON')
                    WHEN 'vacant_space' THEN GeometryType(geom) IN ('POLYGON', 'MULTIPOLYGON')
                    ELSE true
                END
            )
            """,
            "ALTER TABLE geo_asset DROP CONSTRAINT an_assets_shape_fits_its_type",
        ),
    ]
