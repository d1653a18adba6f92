"""What is reckoned with until the office says better: none of it is law."""

from django.db import migrations

# name, value, unit, meaning, source
FIRST = [
    (
        "ebikes_per_household",
        0.7,
        "",
        "没有清点也没有登记数量时，每户按这么多辆电动自行车计算",
        "E-bikes of a household, where nobody counted and the register has no number",
        "全国电动自行车保有量约 3.5 亿辆、家庭户约 5 亿户，据公开报道折算；本街道建议值",
        "About 350 million e-bikes and 500 million households in the country, as published; the"
        " office's own proposal",
    ),
    (
        "raise_per_finding",
        0.1,
        "",
        "附近每查到一处飞线充电或楼道停放、充电，需求提高这么多",
        "So much more demand for each finding of flying wires or stairwell parking near",
        "本街道建议值",
        "The office's own proposal",
    ),
    (
        "raise_most",
        0.5,
        "",
        "因隐患提高需求，至多提高这么多",
        "Demand is raised for findings by no more than this",
        "本街道建议值",
        "The office's own proposal",
    ),
    (
        "raise_within_m",
        30,
        "m",
        "隐患离楼栋不超过这么远，算在附近",
        "A finding is near a building up to this distance",
        "本街道建议值",
        "The office's own proposal",
    ),
    (
        "detour",
        1.3,
        "",
        "附近没有画出道路时，步行距离按直线距离的这么多倍计算",
        "Where no path is drawn near, walking is so many times the straight line",
        "本街道建议值",
        "The office's own proposal",
    ),
    (
        "snap_m",
        50,
        "m",
        "离道路不超过这么远，按走道路计算",
        "Up to this distance from a path, one walks along it",
        "本街道建议值",
        "The office's own proposal",
    ),
]


def begin(apps, schema_editor):
    model = apps.get_model("planning", "Assumption")
    names = ("name", "value", "unit", "zh", "en", "source_zh", "source_en")
    for row in FIRST:
        model.objects.create(**dict(zip(names, row, strict=True)), sure="P")


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_counts_and_assumptions")]

    # Backward, the table goes with the step before.
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
