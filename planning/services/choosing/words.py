"""What is told of an answer, in Chinese and in English."""

from collections.abc import Mapping

from planning.selection.relax import Blocked, Change

Words = tuple[str, str]


def why(blocked: Blocked, radius_m: float) -> Words:
    if blocked.why == "out_of_reach":
        if blocked.nearest is None:
            return (
                f"{radius_m:g} 米步行距离内没有候选点，更远处也没有",
                f"No candidate within {radius_m:g} m on foot, nor farther away",
            )
        return (
            f"{radius_m:g} 米步行距离内没有候选点，最近的候选点要走 {blocked.nearest:.0f} 米",
            f"No candidate within {radius_m:g} m; the nearest is {blocked.nearest:.0f} m off",
        )
    if blocked.why == "rules":
        codes = "、".join(blocked.rules)
        return (
            f"步行距离内的候选点都被规则 {codes} 排除",
            f"All candidates within reach are excluded by {', '.join(blocked.rules)}",
        )
    return _WHY[blocked.why]


_WHY: Mapping[str, Words] = {
    "forbidden": (
        "步行距离内只有已被指定不选的候选点",
        "Within reach there are only candidates that were forbidden",
    ),
    "ports": ("步行距离内的充电点端口已满", "The ports of the sites within reach are used up"),
    "number": ("点位数量已用完", "The number of sites is used up"),
    "budget": ("预算已用完", "The budget is used up"),
    "estates": (
        "每个小区只能新建一处，该处覆盖不到这里",
        "One new site per estate is allowed, and it is out of reach from here",
    ),
    "spacing": (
        "候选点与已选点位的间距不足",
        "The candidates within reach are too near to sites already chosen",
    ),
}


def change(change: Change, estates: Mapping[int, str]) -> Words:
    names = "、".join(change.names)
    listed = ", ".join(change.names)
    if change.kind == "estates":
        called = [estates.get(int(each), each) for each in change.names]
        return (
            f"允许 {'、'.join(called)} 新建不止一处（共多 {change.amount:.0f} 处）",
            f"Allow more than one new site in {', '.join(called)} ({change.amount:.0f} more)",
        )
    return {
        "number": (
            f"点位数量增加到 {change.to:.0f} 处（多 {change.amount:.0f} 处）",
            f"Allow {change.to:.0f} sites ({change.amount:.0f} more)",
        ),
        "budget": (
            f"预算增加到 {change.to:.0f} 元（多 {change.amount:.0f} 元）",
            f"Raise the budget to {change.to:.0f} yuan ({change.amount:.0f} more)",
        ),
        "radius": (
            f"步行距离放宽到 {change.to:.2f} 米（多 {change.amount:.2f} 米）",
            f"Allow a walk of {change.to:.2f} m ({change.amount:.2f} m more)",
        ),
        "spacing": (
            f"最小间距缩短到 {change.to:.2f} 米",
            f"Lower the spacing to {change.to:.2f} m",
        ),
        "ports": (
            f"在 {names} 共增加可服务 {change.amount:.1f} 辆车的端口",
            f"Add ports for {change.amount:.1f} more e-bikes at {listed}",
        ),
        "rules": (
            f"放行被规则排除的候选点 {names}",
            f"Admit the candidates {listed}, which a rule excludes",
        ),
        "forbidden": (
            f"不再排除候选点 {names}",
            f"Forbid the candidates {listed} no longer",
        ),
        "forced": (
            f"不再强制选择候选点 {names}",
            f"Force the candidates {listed} no longer",
        ),
    }[change.kind]
