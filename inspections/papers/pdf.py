"""A sheet as PDF, by typst."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from inspections.papers import page
from inspections.papers.fonts import SERIF, fonts
from inspections.papers.pictures import Placed

TEMPLATE = Path(__file__).with_name("paper.typ")
# As many characters as stand in a line of that size, and no larger than is seemly.
MAST_PT = (22.0, 42.0)


def pdf(
    told: dict[str, Any], pictures: Sequence[Placed], marks: Sequence[str]
) -> tuple[bytes, int]:
    """The PDF and its number of pages. `told` as `Sheet.told` has it; `pictures` in the order of
    its own, all in one folder of their own.

    `marks` stand on every page, as 演示 and 作废. Raises NoFont.
    """
    face = fonts()
    template = _beside(pictures)
    root = template.parent
    compiler = typst.Compiler(
        template,
        root=root,
        font_paths=face.found,
        sys_inputs={
            "sheet": _json(told),
            "marks": _json(list(marks)),
            "page": _json(_page(told)),
            "pictures": _json([_picture(each, root) for each in pictures]),
            "fonts": _json(
                {
                    "fangsong": face.fangsong,
                    "xiaobiaosong": face.xiaobiaosong,
                    "heiti": face.heiti,
                    "kaiti": face.kaiti,
                    "fallback": SERIF,
                    "bold": face.bold,
                }
            ),
        },
    )
    made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    (pages,) = json.loads(compiler.query("<pages>", field="value"))
    return made, int(pages)


def mast_pt(issuer: str) -> float:
    """The name of the office fits in one line."""
    least, most = MAST_PT
    fits = page.BODY_WIDTH_MM * page.MM / (max(len(issuer), 1) * 1.15)
    return max(min(fits, most), least)


def _page(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "width": page.WIDTH_MM,
        "height": page.HEIGHT_MM,
        "top": page.TOP_MM,
        "bottom": page.BOTTOM_MM,
        "left": page.LEFT_MM,
        "right": page.RIGHT_MM,
        "title": page.TITLE_PT,
        "body": page.BODY_PT,
        "small": page.SMALL_PT,
        "table": page.TABLE_PT,
        "line": page.LINE_PT,
        "table_line": page.TABLE_LINE_PT,
        "tracking": page.TRACKING_PT,
        "mast": mast_pt(told["issuer"]),
        "mast_top": page.MAST_TOP_MM,
        "rule_below": page.RULE_BELOW_NUMBER_MM,
        "page_number_below": page.PAGE_NUMBER_BELOW_MM,
        "edge_rule": page.EDGE_RULE_MM,
        "inner_rule": page.INNER_RULE_MM,
        "row_splits": page.ROW_SPLITS,
        "signed_with": page.SIGNED_WITH,
        "red": page.RED,
    }


def _beside(pictures: Sequence[Placed]) -> Path:
    """The template in the folder of the pictures: the typesetter reads there, and nowhere else."""
    if not pictures:
        return TEMPLATE
    return Path(shutil.copy(TEMPLATE, pictures[0].path.parent))


def _picture(picture: Placed, root: Path) -> dict[str, Any]:
    return {
        "path": f"/{picture.path.relative_to(root)}",
        "width": picture.width_mm,
        "height": picture.height_mm,
    }


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)
