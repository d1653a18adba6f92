"""An inspection's and a finding's community is their estate's, and follows when it moves."""

from django.db import migrations

FOLLOW = """
ALTER TABLE {table} ADD CONSTRAINT {table}_community_is_the_estates
    FOREIGN KEY (estate_id, community_id) REFERENCES geo_estate (id, community_id)
    ON UPDATE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_links"),
        ("geo", "0002_estate_and_community"),
    ]

    operations = [
        migrations.RunSQL(
            FOLLOW.format(table=table),
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_community_is_the_estates",
        )
        for table in ("inspections_inspection", "inspections_finding")
    ]
