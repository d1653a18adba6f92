"""Sheets of QR labels for estates, buildings and what stands in them: where there is no signal and
no position, a label says where one is.

What a label says is read by the tablet (static/app/label.js): `XUNTU:E12`, `XUNTU:B7`,
`XUNTU:A31`, and with a floor `XUNTU:B7:B2`. It names a row by its number, which never changes,
and nothing that a passer-by could not see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson
import segno
import typst
from django.utils import translation

from geo.models import Asset, Building, Estate

# A4 with three by seven labels of 63.5 × 38.1 mm, as they are sold.
SHEET = """
#let labels = json(bytes(sys.inputs.labels))
#set document(title: sys.inputs.title)
#set page(paper: "a4", margin: (x: 7.2mm, y: 15mm))
#set text(font: "Noto Sans CJK SC", lang: "zh", region: "cn", size: 9pt)
#set par(leading: 0.45em)
#grid(
  columns: (63.5mm,) * 3,
  rows: 38.1mm,
  column-gutter: 2.54mm,
  ..labels.map(label => box(width: 100%, height: 100%, inset: 2mm, clip: true, grid(
    columns: (28mm, 1fr),
    column-gutter: 2mm,
    align: horizon,
    image(bytes(label.picture), format: "svg", width: 28mm),
    stack(
      spacing: 1.6mm,
      text(size: if label.name.len() > 40 { 8pt } else { 11pt }, weight: "bold", label.name),
      ..label.lines.map(line => text(size: 8pt, line)),
      text(size: 6pt, fill: luma(35%), label.content),
    ),
  )))
)
"""


# On the wall it is read by whoever comes: in Chinese, whoever prints it.
in_chinese = translation.override("zh-hans")


@dataclass(frozen=True, slots=True)
class Label:
    """`lines`: what it is, its code, where it stands."""

    content: str
    name: str
    lines: tuple[str, ...] = ()

    @property
    def picture(self) -> str:
        code = segno.make_qr(self.content, error="m")
        return str(code.svg_inline(border=2, omitsize=True))


@in_chinese
def of_estates(rows: Iterable[Estate]) -> list[Label]:
    return [
        _label(f"E{row.pk}", row.name, row._meta.verbose_name, row.code, row.community.name)
        for row in rows
    ]


@in_chinese
def of_buildings(rows: Iterable[Building], floors: Sequence[str] = ()) -> list[Label]:
    """One for each floor, or one for the whole building."""
    return [
        _label(
            f"B{row.pk}" + (f":{floor}" if floor else ""),
            " ".join(filter(None, (row.estate.name, row.number, floor))),
            row._meta.verbose_name,
            row.community.name,
        )
        for row in rows
        for floor in floors or ("",)
    ]


@in_chinese
def of_assets(rows: Iterable[Asset]) -> list[Label]:
    return [
        _label(
            f"A{row.pk}",
            row.name or row.code or f"{row.get_type_display()} {row.pk}",
            row.get_type_display(),
            row.code if row.name else "",
            row.estate.name if row.estate else row.community.name,
        )
        for row in rows
    ]


def sheet(
    labels: Sequence[Label], format: Literal["pdf", "png"] = "pdf", ppi: float | None = None
) -> Any:
    """The PDF; as PNG the page, or a list of the pages."""
    told = [{**asdict(each), "picture": each.picture} for each in labels]
    return typst.compile(
        SHEET.encode(),
        format=format,
        sys_inputs={"labels": orjson.dumps(told).decode(), "title": "巡图二维码标签"},
        ppi=ppi,
    )


def _label(reference: str, name: str, *lines: Any) -> Label:
    return Label(f"XUNTU:{reference}", name, tuple(str(line) for line in lines if line))
