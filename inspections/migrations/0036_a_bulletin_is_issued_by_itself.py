import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0011_since_when_a_site_is_built"),
        ("inspections", "0035_what_was_there_lies_where_it_lies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="issued_by",
            field=models.ForeignKey(
                help_text="empty for a bulletin that was issued by itself",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="issued by",
            ),
        ),
        migrations.AlterField(
            model_name="paperevent",
            name="issued_by",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="empty for a bulletin that was issued by itself",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="issued by",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("issued_by__isnull", False), ("kind", "bulletin"), _connector="OR"
                ),
                name="nobody_issues_nothing_but_bulletins",
            ),
        ),
    ]
