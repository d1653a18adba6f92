"""A case's, complaint's and paper's community is their estate's, and follows when it moves."""

from django.db import migrations

FOLLOW = """
ALTER TABLE {table} ADD CONSTRAINT {table}_community_is_the_estates
    FOREIGN KEY (estate_id, community_id) REFERENCES geo_estate (id, community_id)
    ON UPDATE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0016_cases_and_papers"),
        ("geo", "0002_estate_and_community"),
    ]

    operations = [
        migrations.RunSQL(
            FOLLOW.format(table=table),
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_community_is_the_estates",
        )
        for table in ("inspections_case", "inspections_complaint", "inspections_paper")
    ]
