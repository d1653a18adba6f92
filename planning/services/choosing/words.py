"""What is told of an answer, in Chinese and in English."""

from collections.abc import Mapping, Sequence

from planning.selection.relax import Blocked, Change
from planning.services.choosing.candidates import Thinned

Words = tuple[str, str]
# Id and name of a site, its ports, and those that it would have.
Ports = tuple[str, str, int, int]


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


def thinned(estates: Sequence[Thinned], grid_m: float) -> Words:
    places, kept = sum(each.places for each in estates), sum(each.kept for each in estates)
    grids = sorted({each.grid_m for each in estates})
    return (
        f"候选点过多：{len(estates)} 个小区的网格由 {grid_m:g} 米放宽到"
        f" {'、'.join(f'{each:g}' for each in grids)} 米，"
        f"{places} 处中比较了 {kept} 处。限定一个社区可以比较得更细",
        f"Too many candidates: in {len(estates)} estates the grid of {grid_m:g} m was widened to"
        f" {', '.join(f'{each:g}' for each in grids)} m, and {kept} of {places} places were"
        " compared. Choose one community to compare more",
    )


def change(change: Change, estates: Mapping[int, str], ports: Sequence[Ports] = ()) -> Words:
    """`ports`: of each site that gets more, its id, its name, how many it has, how many it
    would have."""
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
            "增加端口："
            + "、".join(f"{name} 由 {now} 个增到 {to} 个" for _, name, now, to in ports),
            "More ports: " + ", ".join(f"{name} from {now} to {to}" for _, name, now, to in ports),
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
