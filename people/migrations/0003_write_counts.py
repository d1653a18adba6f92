"""Changes of who may see what are counted: replies that remember a person forget them then."""

from django.db import migrations

WATCHED = ("people_user", "people_membership", "people_apitoken", "django_session")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_history_of_people"),
        ("geo", "0004_write_counts"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            [("SELECT geo_watch(%s, '''people''', '0')", [table])],
            [("SELECT geo_unwatch(%s)", [table])],
        )
        for table in WATCHED
    ]
