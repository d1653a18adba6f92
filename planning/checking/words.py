"""What is said where a rule's own sentence has nothing to say: in Chinese and in English.

The browser has the same ones in static/app/planning/words.js.
"""

from collections.abc import Mapping

# What is near nothing of: said with how far was looked.
NOTHING_NEAR: Mapping[str, tuple[str, str]] = {
    "lanes": (
        "没有消防车通道近于其自身宽度。",
        "No fire lane is nearer than its own width.",
    ),
    "buildings": ("{reach} m 内没有建筑。", "There is no building within {reach} m."),
    "exits": ("{reach} m 内没有建筑出口。", "There is no exit of a building within {reach} m."),
    "hydrants": ("{reach} m 内没有消火栓。", "There is no hydrant within {reach} m."),
    "sensitive_places": (
        "{reach} m 内没有幼儿园、养老机构、学校或病房。",
        "There is no kindergarten, care home, school or ward within {reach} m.",
    ),
}
# Why it can't be told.
CANT_TELL: Mapping[str, tuple[str, str]] = {
    "crossing": ("占地图形自相交，无法量算。", "The outline crosses itself: nothing is measured."),
    "lanes": (
        "此处的消防车通道图层尚未确认画全。",
        "It is not known whether the fire lanes are all drawn here.",
    ),
    "lane_width": (
        "附近消防车通道未测净宽。",
        "A fire lane nearby has no measured clear width.",
    ),
    "operation_areas": (
        "此处的登高操作场地图层尚未确认画全。",
        "It is not known whether the aerial-operation areas are all drawn here.",
    ),
    "buildings": (
        "此处的建筑图层尚未确认画全。",
        "It is not known whether the buildings are all drawn here.",
    ),
    "exits": (
        "此处的建筑出口图层尚未确认画全。",
        "It is not known whether the exits are all drawn here.",
    ),
    "hydrants": (
        "此处的消火栓图层尚未确认画全。",
        "It is not known whether the hydrants are all drawn here.",
    ),
    "sensitive_places": (
        "此处的敏感场所图层尚未确认画全。",
        "It is not known whether the sensitive places are all drawn here.",
    ),
    "excluded_areas": (
        "禁绘区不在此处公布，由服务器检查。",
        "Excluded areas are not told here: the server checks.",
    ),
    "boundary": ("小区没有边界图形。", "The estate has no boundary drawn."),
    "ebikes": ("小区电动自行车数未知。", "How many e-bikes the estate has is not known."),
    "counts": (
        "小区已有充电点的数量未填全。",
        "What the estate's other charging sites have is not all told.",
    ),
    "not_told": ("方案未填写这一项。", "The proposal does not say."),
    "ask": (
        "没有查到可用的数值，请向燃气和供电单位核实。",
        "No value was found: ask the gas and the power company.",
    ),
}
# Why it is not asked.
NOT_APPLICABLE: Mapping[str, tuple[str, str]] = {
    "level": ("不在室外地面，此项不适用。", "Not on open ground: this does not apply."),
    "street": ("不在小区内，此项不适用。", "Not in an estate: this does not apply."),
    "one_group": ("只有一组，此项不适用。", "A single group: this does not apply."),
    "few_bays": (
        "不超过 {above} 个车位，此项不适用。",
        "No more than {above} bays: this does not apply.",
    ),
    "no_business": ("不用于经营，此项不适用。", "Not used for business: this does not apply."),
}
CROSSED = (
    "消防车通道中线穿过占地（该通道未测净宽）。",
    "The line of a fire lane crosses the site (its clear width is not measured).",
)
CANT = ("无法判断：", "Can't tell: ")
