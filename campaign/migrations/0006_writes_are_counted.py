"""What the board is made from counts its writes, see `geo.models.WriteCount`."""

from django.db import migrations

WATCHED = [
    ("campaign_programme", "0"),
    ("campaign_action", "0"),
    ("campaign_responsibility", "0"),
    ("campaign_indicator", "0"),
    ("campaign_target", "0"),
    ("campaign_baseline", "0"),
    # A company's is of no community.
    ("campaign_value", "community_id"),
]


class Migration(migrations.Migration):
    dependencies = [("campaign", "0005_reminders"), ("geo", "0004_write_counts")]

    operations = [
        migrations.RunSQL(
            [("SELECT geo_watch(%s, '''campaign''', %s)", [table, community])],
            [("SELECT geo_unwatch(%s)", [table])],
        )
        for table, community in WATCHED
    ]
