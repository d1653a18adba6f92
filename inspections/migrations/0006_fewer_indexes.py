"""Columns that an index of several begins with lose their own; records by time gain one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_tile_columns"),
        ("inspections", "0005_dumps_restore"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="finding",
            name="community",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geo.community",
                verbose_name="community",
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="estate",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="geo.estate",
                verbose_name="estate",
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="inspection",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="inspections.inspection",
                verbose_name="inspection",
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="kind",
            field=models.SlugField(db_index=False, max_length=40, verbose_name="kind"),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="community",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geo.community",
                verbose_name="community",
            ),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="estate",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="geo.estate",
                verbose_name="estate",
            ),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="inspector",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to=settings.AUTH_USER_MODEL,
                verbose_name="inspector",
            ),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="kind",
            field=models.SlugField(db_index=False, max_length=40, verbose_name="kind"),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="kind_version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inspections.kindversion",
                verbose_name="version of the kind",
            ),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(
                fields=["-recorded_at", "id"], name="inspections_recorde_5c15c8_idx"
            ),
        ),
    ]
