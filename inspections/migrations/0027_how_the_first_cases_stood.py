"""Of cases that were there before: from their moves, part by part, so that nobody waits long."""

from django.db import migrations


def tell(apps, _editor):
    if apps.get_model("inspections", "Case").objects.exists():
        # Not before: a new database has none, and not yet all that these read.
        from inspections.services.cases.standing import tell_all_anew

        tell_all_anew()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inspections", "0026_how_cases_stood")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
