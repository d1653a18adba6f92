"""What a charging site is held to at first: the office changes it in its registers.

What was only found at second hand, or is the office's own proposal, says so. Numbers of clauses
that nobody has read are not among the sources.
"""

from datetime import date

from django.db import migrations

FIRE_LAW = ("《中华人民共和国消防法》第二十八条", "Fire Protection Law, art. 28", None)
FUJIAN = (
    "《福建省消防条例》第三十条第三款；应急管理部令第5号第三十七条",
    "Fujian Fire Regulations, art. 30 para. 3; Order no. 5 of the emergency ministry, art. 37",
    date(2023, 9, 1),
)
CIVIL_CODE = ("《民法典》第二百七十八条", "Civil Code, art. 278", date(2021, 1, 1))
WIDTH = (
    "公开资料：消防车道净宽不小于 4.0 m",
    "Published summaries: a fire lane's clear width is at least 4.0 m",
    None,
)
FUZHOU = (
    "福州市电动自行车停放充电场所导则（试行），2025 年 2 月，据新闻报道",
    "Fuzhou guideline (trial), February 2025, as reported in the news",
    None,
)
ANHUI = (
    "安徽省电动自行车停放充电场所导则，据网上转载",
    "Anhui guideline, as reprinted on the web",
    None,
)
QUANZHOU = (
    "泉州市电动自行车集中停放充电场所设计导则（试行），据网上转述",
    "Quanzhou design guideline (trial), as retold on the web",
    None,
)
CCTV = (
    "泉州市、福州市导则（试行），据网上转述和新闻报道",
    "Quanzhou and Fuzhou guidelines (trial), as retold and reported",
    None,
)
DEMAND = (
    "成都市 2025 年目标、安徽省方案，据新闻报道",
    "Chengdu's goal for 2025 and Anhui's plan, as reported in the news",
    date(2024, 11, 7),
)
OURS = ("本街道建议值", "The office's own proposal", None)


def with_ours(source, zh, en):
    return (f"{source[0]}；{zh}", f"{source[1]}; {en}", source[2])


HYDRANT = with_ours(FIRE_LAW, "2 m 为本街道建议值", "2 m is the office's own proposal")
ADJOINING = with_ours(ANHUI, "3 m 为本街道建议值", "3 m is the office's own proposal")
ENTRANCES = with_ours(
    ANHUI, "20 个车位的界限为本街道建议值", "from how many bays on is the office's own proposal"
)
EXCLUDED = ("街道登记的禁绘区", "Excluded areas on the office's register", None)

AT_LEAST, AT_MOST, IS, NONE = "at_least", "at_most", "is", "none"
HARD, GATE, SHOULD, NOTE, SCORE = "hard", "gate", "should", "note", "score"

# Code, measure, compared, limit, unit, force, source, how sure, sentences.
RULES = (
    (
        "R00",
        "excluded_overlap_m2",
        AT_MOST,
        0,
        "m2",
        HARD,
        EXCLUDED,
        "P",
        "占用禁绘区 {value} m²（不得占用）。",
        "Takes {value} m² of an excluded area (none may be drawn on).",
    ),
    (
        "R01",
        "lane_overlap_m2",
        AT_MOST,
        0,
        "m2",
        HARD,
        FIRE_LAW,
        "V",
        "占用消防车通道 {value} m²（不得占用）。",
        "Takes {value} m² of a fire lane (none may be taken).",
    ),
    (
        "R01b",
        "lane_clear_m",
        AT_LEAST,
        4,
        "m",
        HARD,
        WIDTH,
        "S",
        "消防车通道剩余净宽 {value} m（不小于 {limit} m）。",
        "Leaves the fire lane {value} m of clear width (at least {limit} m).",
    ),
    (
        "R02",
        "operation_area_overlap_m2",
        AT_MOST,
        0,
        "m2",
        HARD,
        ANHUI,
        "S",
        "占用消防车登高操作场地 {value} m²（不得占用）。",
        "Takes {value} m² of an aerial-operation area (none may be taken).",
    ),
    (
        "R03",
        "wall_m",
        AT_LEAST,
        3,
        "m",
        SHOULD,
        FUZHOU,
        "S",
        "距建筑外墙 {value} m（不宜小于 {limit} m）。",
        "{value} m from a building's wall (should be at least {limit} m).",
    ),
    (
        "R04",
        "exit_m",
        AT_LEAST,
        6,
        "m",
        SHOULD,
        FUZHOU,
        "S",
        "距建筑出口 {value} m（不宜小于 {limit} m）。",
        "{value} m from a building's exit (should be at least {limit} m).",
    ),
    (
        "R05",
        "hydrant_m",
        AT_LEAST,
        2,
        "m",
        HARD,
        HYDRANT,
        "P",
        "距消火栓 {value} m（不得小于 {limit} m）。",
        "{value} m from a hydrant (at least {limit} m).",
    ),
    (
        "R06",
        "group_bays",
        AT_MOST,
        20,
        "count",
        SHOULD,
        QUANZHOU,
        "S",
        "每组 {value} 辆（不宜超过 {limit} 辆）。",
        "{value} bays in a group (should be at most {limit}).",
    ),
    (
        "R06b",
        "group_length_m",
        AT_MOST,
        20,
        "m",
        SHOULD,
        QUANZHOU,
        "S",
        "每组长 {value} m（不宜超过 {limit} m）。",
        "A group is {value} m long (should be at most {limit} m).",
    ),
    (
        "R06c",
        "partitions",
        IS,
        None,
        "",
        SHOULD,
        QUANZHOU,
        "S",
        "组与组之间应设不燃隔断。",
        "Groups should be parted by partitions that do not burn.",
    ),
    (
        "R07",
        "bay_length_m",
        AT_LEAST,
        2.2,
        "m",
        SHOULD,
        QUANZHOU,
        "S",
        "车位长 {value} m（不宜小于 {limit} m）。",
        "A bay is {value} m long (should be at least {limit} m).",
    ),
    (
        "R07b",
        "bay_width_m",
        AT_LEAST,
        0.8,
        "m",
        SHOULD,
        QUANZHOU,
        "S",
        "车位宽 {value} m（不宜小于 {limit} m）。",
        "A bay is {value} m wide (should be at least {limit} m).",
    ),
    (
        "R08",
        "cctv_by_area_m2",
        AT_MOST,
        200,
        "m2",
        SHOULD,
        CCTV,
        "S",
        "面积 {value} m²（超过 {limit} m² 应设 24 小时视频监控）。",
        "{value} m² large (above {limit} m² it should be watched by camera day and night).",
    ),
    (
        "R08b",
        "cctv_by_bays",
        AT_MOST,
        100,
        "count",
        SHOULD,
        CCTV,
        "S",
        "{value} 个车位（超过 {limit} 个应设 24 小时视频监控）。",
        "{value} bays (above {limit} it should be watched by camera day and night).",
    ),
    (
        "R09",
        "place",
        NONE,
        None,
        "",
        HARD,
        FUJIAN,
        "V",
        "不得设在门厅、疏散走道、楼梯间、安全出口或地下汽车位。",
        "Not in a lobby, escape corridor, stairwell, exit or underground car bay.",
    ),
    (
        "R09b",
        "level",
        NONE,
        None,
        "",
        HARD,
        FUZHOU,
        "S",
        "不得设在地下二层及以下。",
        "Not on the second basement level or deeper.",
    ),
    (
        "R09c",
        "place",
        NONE,
        None,
        "",
        HARD,
        FUZHOU,
        "S",
        "不得设在新建住宅的架空层。",
        "Not on the open ground floor of a new residential building.",
    ),
    (
        "R10",
        "sensitive_m",
        AT_LEAST,
        3,
        "m",
        SHOULD,
        ADJOINING,
        "P",
        "距幼儿园、养老机构、学校或病房 {value} m（不宜毗邻，小于 {limit} m 即视为毗邻）。",
        "{value} m from a kindergarten, care home, school or ward (should not adjoin: nearer than"
        " {limit} m counts as adjoining).",
    ),
    (
        "R11",
        "entrances",
        AT_LEAST,
        2,
        "count",
        SHOULD,
        ENTRANCES,
        "S",
        "{value} 个出入口（超过 {above} 个车位的不宜少于 {limit} 个）。",
        "{value} entrances (above {above} bays there should be at least {limit}).",
    ),
    (
        "R11b",
        "canopy",
        NONE,
        None,
        "",
        SHOULD,
        ANHUI,
        "S",
        "雨棚不宜全封闭。",
        "A rain roof should not be closed all around.",
    ),
    (
        "R12",
        "ports_per_ebike",
        AT_LEAST,
        0.3,
        "ratio",
        SCORE,
        DEMAND,
        "S",
        "小区每辆电动自行车有 {value} 个充电口（目标 {limit}）。",
        "The estate has {value} charging ports per e-bike (goal {limit}).",
    ),
    (
        "R12b",
        "bays_per_ebike",
        AT_LEAST,
        1,
        "ratio",
        SCORE,
        DEMAND,
        "S",
        "小区每辆电动自行车有 {value} 个车位（目标 {limit}）。",
        "The estate has {value} bays per e-bike (goal {limit}).",
    ),
    (
        "R13",
        "walk_to_exit_m",
        AT_MOST,
        150,
        "m",
        SCORE,
        OURS,
        "P",
        "距小区最近的楼门直线 {value} m（目标不超过 {limit} m）。",
        "{value} m as the crow flies from the nearest door of the estate (goal at most {limit} m).",
    ),
    (
        "R14",
        "owners_vote",
        IS,
        None,
        "",
        GATE,
        CIVIL_CODE,
        "V",
        "利用共有部分经营须经业主共同决定：面积和人数各三分之二以上参与，参与者中各四分之三以上同意。",
        "Use of common ground for business needs the owners' vote: two thirds of area and heads take"
        " part, three quarters of both of those agree.",
    ),
    (
        "R15",
        "gas_and_power",
        IS,
        None,
        "",
        NOTE,
        ("", "", None),
        "P",
        "与燃气管线、架空线的距离应向燃气和供电单位核实。",
        "Ask the gas and the power company about the distance to pipes and overhead lines.",
    ),
    (
        "R16",
        "outside_estate_m2",
        AT_MOST,
        0,
        "m2",
        NOTE,
        OURS,
        "P",
        "超出小区边界 {value} m²。",
        "{value} m² lie outside the estate's boundary.",
    ),
)
STEPS = {"R04": [{"below": 3, "force": HARD}]}
VALUES = {
    "R09": ["lobby", "corridor", "stairwell", "exit", "car_bay"],
    "R09b": ["b2"],
    "R09c": ["open_floor"],
    "R11b": ["closed"],
}
ABOVE_BAYS = {"R11": 20}


def begin(apps, schema_editor):
    rule = apps.get_model("planning", "SiteRule")
    rule.objects.bulk_create(
        rule(
            code=code,
            measure=measure,
            compare=compare,
            limit=limit,
            unit=unit,
            force=force,
            steps=STEPS.get(code, []),
            values=VALUES.get(code, []),
            above_bays=ABOVE_BAYS.get(code),
            source_zh=source[0],
            source_en=source[1],
            source_on=source[2],
            sure=sure,
            zh=zh,
            en=en,
        )
        for code, measure, compare, limit, unit, force, source, sure, zh, en in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_site_rules")]

    operations = [
        # Going back drops the table with what stands in it.
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
