"""Which tile of a zoom level a point lies in, for sums by square of ground."""

from django.db import migrations

# One expression each, so that PostgreSQL writes it into the query that calls it.
TILE_X = """
CREATE FUNCTION geo_tile_x(place geometry, zoom int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT floor((ST_X(place) + 180) / 360 * (1 << zoom))::int
$$
"""
# Mercator's y: ln(tan φ + sec φ) = atanh(sin φ). Its square ends short of the poles.
TILE_Y = """
CREATE FUNCTION geo_tile_y(place geometry, zoom int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT floor((0.5 - atanh(sind(greatest(least(ST_Y(place), 85.05), -85.05))) / (2 * pi())) * (1 << zoom))::int
$$
"""


class Migration(migrations.Migration):
    dependencies = [("geo", "0004_write_counts")]

    operations = [
        migrations.RunSQL(TILE_X, "DROP FUNCTION geo_tile_x(geometry, int)"),
        migrations.RunSQL(TILE_Y, "DROP FUNCTION geo_tile_y(geometry, int)"),
    ]
