"""What was there before is summed by day, while others go on writing."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inspections", "0038_days_within_their_month")]

    operations = [
        migrations.RunSQL("SELECT inspections_sum_again()", migrations.RunSQL.noop),
    ]
