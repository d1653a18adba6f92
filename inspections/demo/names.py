"""Names that sound right and belong to nobody: estates, companies, roads."""

from collections.abc import Iterator

import numpy as np

from inspections.demo.ground import dice

FIRST = "锦云澄岚禾棠沁梧松竹桂荷枫榕映汇安康瑞祥嘉景秀朗盛悦润雅翠晴"
SECOND = "澜栖屿汀溪湖川岸湾庭台月晖辰光宁和园林舟桥石雨风泉霞望"
# What such a combination already means elsewhere: towns, counties, estates of this city.
TAKEN = {
    *(
        "云台",
        "安溪",
        "安和",
        "安康",
        "安宁",
        "安庭",
        "安岸",
        "桂林",
        "桂湖",
        "祥和",
        "瑞安",
        "瑞景",
    ),
    *(
        "景和",
        "秀湖",
        "翠湖",
        "映月",
        "康宁",
        "嘉和",
        "荷台",
        "松溪",
        "榕桥",
        "竹溪",
        "云霞",
        "锦溪",
    ),
    *(
        "景石",
        "康桥",
        "盛和",
        "雅安",
        "润和",
        "朗台",
        "棠溪",
        "梧桥",
        "云和",
        "嘉禾",
        "锦湖",
        "云川",
    ),
}
ENDINGS = {
    "old": ("小区", "新村", "花园", "公寓", "里"),
    "courts": ("花园", "苑", "家园", "新苑"),
    "terraces": ("墅", "雅居", "别苑"),
    "lifted": ("嘉园", "雅苑", "名邸", "花苑"),
    "towers": ("华庭", "城", "府", "公馆", "国际"),
}
COMPANY = "岚禾棠汀屿澜砚榆渡衡穗樾沐筑垣"
ROADS = "锦云澄岚禾棠沁梧松竹桂荷枫榕映朗悦润晴霁"


def estates(seed: int, styles: list[str]) -> list[str]:
    """One for each style; no two begin alike."""
    chance = dice(seed, "names of estates")
    pairs = _pairs(FIRST, SECOND, chance)
    return [next(pairs) + str(chance.choice(ENDINGS[style])) for style in styles]


def companies(seed: int, count: int) -> list[str]:
    pairs = _pairs(COMPANY, COMPANY[::-1], dice(seed, "names of companies"))
    return [f"{next(pairs)}物业服务有限公司" for _ in range(count)]


def roads(seed: int) -> Iterator[str]:
    """As many beginnings as asked for, until the pairs run out."""
    return _pairs(ROADS, SECOND, dice(seed, "names of roads"))


def _pairs(first: str, second: str, chance: np.random.Generator) -> Iterator[str]:
    pairs = sorted({a + b for a in first for b in second if a != b} - TAKEN)
    return iter([pairs[k] for k in chance.permutation(len(pairs))])
