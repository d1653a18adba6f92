"""A plan as a drawing for CAD (DXF): metres of EPSG:4549, x east and y north."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import shapely
from django.utils.translation import gettext, pgettext
from shapely.geometry.base import BaseGeometry

from geo.measure import metric
from geo.srid import METRIC
from planning.reports import words
from planning.reports.files.rows import SITE_COLUMNS, Contents, Site, check_rows, site_row

if TYPE_CHECKING:
    from ezdxf.document import Drawing

# Layer → its colour by AutoCAD's index. Names that every program can read.
LAYERS = {
    "SITES": 4,
    "SITE_NAMES": 7,
    "SITE_TEXTS": 8,
    "CHECKS_NOT_MET": 1,
    "CHECKS_CANT_TELL": 30,
    "CHECKS_MET": 3,
    "ABOUT": 8,
}
_OF_VERDICT = {"breach": "CHECKS_NOT_MET", "cant_tell": "CHECKS_CANT_TELL", "ok": "CHECKS_MET"}
_BLOCK, _STYLE = "SITE", "CHINESE"
_NAME_M, _TEXT_M = 0.8, 0.35
_ENCODING = "gbk"


def write_dxf(contents: Contents, file: BinaryIO) -> None:
    """Each site as a closed line, as a block with every column as an attribute, and in words beside
    it; the shapes that decided its rules in layers by verdict.

    In GBK and of the year 2000, which every program reads that an office has; what GBK lacks is
    written by its number.
    """
    drawing = _new()
    space = drawing.modelspace()
    for site in contents.sites:
        shape = metric(site.shape)
        _outline(space, shape, "SITES")
        middle = shape.representative_point()
        _words(
            space,
            [site.proposal.name or str(site.proposal.pk)[:8]],
            (middle.x, middle.y),
            layer="SITE_NAMES",
            height=_NAME_M,
        )
        block = space.add_blockref(_BLOCK, (middle.x, middle.y), dxfattribs={"layer": "SITES"})
        block.add_auto_attribs(
            {name.upper(): _attribute(cell) for name, cell in site_row(site).items()}
        )
        _, south, east, north = shape.bounds
        _words(space, _lines(site), (east + 1.0, north))
        for row, decides in check_rows(site):
            if decides is not None and row["verdict"] in _OF_VERDICT:
                _outline(space, metric(decides), _OF_VERDICT[str(row["verdict"])])
    if contents.sites:
        west, south, _, _ = shapely.total_bounds([metric(site.shape) for site in contents.sites])
        _words(space, list(_about(contents)), (west, south - 5.0), layer="ABOUT", height=_NAME_M)
    text = io.TextIOWrapper(file, encoding=_ENCODING, newline="")
    drawing.write(text)
    text.flush()
    text.detach()


def _new() -> "Drawing":
    # A second of start-up that few need.
    from ezdxf import units
    from ezdxf.filemanagement import new

    drawing = new("R2000", units=units.M)
    drawing.encoding = _ENCODING
    drawing.styles.add(_STYLE, font="simsun.ttc")
    for name, colour in LAYERS.items():
        drawing.layers.add(name, color=colour)
    block = drawing.blocks.new(_BLOCK)
    block.add_point((0, 0))
    for n, name in enumerate(SITE_COLUMNS):
        definition = block.add_attdef(
            name.upper(), (0, -n * _TEXT_M), dxfattribs={"height": _TEXT_M, "style": _STYLE}
        )
        definition.is_invisible = True
    return drawing


def _attribute(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else _written(" ".join(str(cell).split()))


def _written(text: str) -> str:
    """As the file's encoding has it; else by its number, which has four digits and no more: of what
    lies beyond, a mark says that a character is missing."""
    # Two of these in a row begin a sign of CAD's own, as ⌀.
    return "".join(_numbered(each) for each in text).replace("%%", "%\\U+0025")


def _numbered(character: str) -> str:
    try:
        character.encode(_ENCODING)
    except UnicodeEncodeError:
        return f"\\U+{ord(character):04X}" if ord(character) <= 0xFFFF else "〓"
    return character


def _outline(space: Any, shape: BaseGeometry, layer: str) -> None:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Point":
            space.add_point((part.x, part.y), dxfattribs={"layer": layer})
            continue
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            points = shapely.get_coordinates(ring).tolist()
            closed = part.geom_type == "Polygon"
            space.add_lwpolyline(
                points[:-1] if closed else points, close=closed, dxfattribs={"layer": layer}
            )


def _words(
    space: Any,
    lines: list[str],
    at: tuple[float, float],
    *,
    layer: str = "SITE_TEXTS",
    height: float = _TEXT_M,
) -> None:
    told = "\\P".join(_written(_escaped(line)) for line in lines)
    attributes = {"layer": layer, "style": _STYLE, "insert": at, "char_height": height}
    space.add_mtext(told, dxfattribs=attributes)


def _escaped(line: str) -> str:
    """No person's text becomes a command of the drawing's."""
    return line.translate({ord(each): f"\\{each}" for each in "\\{}"})


def _lines(site: Site) -> list[str]:
    proposal = site.proposal
    told = [f"{words.label('state')}: {words.said('state', proposal.state)}"]
    told += [
        f"{words.label(name)}: {value}"
        for name in words.ATTRIBUTES
        if (value := words.said(name, getattr(proposal, name))) is not None
    ]
    told += [
        f"{each['code']} {words.OUTCOMES[each['verdict']]} · {words.sentence(each)}"
        for each in site.verdicts
    ]
    return [" ".join(line.split()) for line in told]


def _about(contents: Contents) -> Iterator[str]:
    yield f"{pgettext('of a file', 'plan')}: {contents.plan.name}"
    yield (
        gettext("Metres of CGCS2000 / 3-degree Gauss-Kruger CM 120E (EPSG:%d), x east, y north.")
        % METRIC
    )
    yield f"{pgettext('of a file', 'version of the rules')}: {contents.rules}"
    if contents.demonstration:
        yield pgettext("of a file", "Demonstration: nothing of this is real.")
