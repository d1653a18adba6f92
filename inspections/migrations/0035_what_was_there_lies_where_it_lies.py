"""What was there before is laid where it lies, while others go on writing."""

from importlib import import_module

from django.db import migrations

lies = import_module("inspections.migrations.0034_where_findings_lie")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inspections", "0034_where_findings_lie")]

    operations = [migrations.RunSQL(lies.RIGHTED, migrations.RunSQL.noop)]
