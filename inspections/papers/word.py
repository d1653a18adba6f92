"""A sheet as .docx, to be edited: the same words on the same page."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from inspections.papers import page
from inspections.papers.fonts import FANGSONG, HEITI, KAITI, XIAOBIAOSONG
from inspections.papers.pdf import mast_pt
from inspections.papers.pictures import Placed

_FACES = {"level1": HEITI[0], "level2": KAITI[0]}
_AHEAD_PT = 2 * (page.BODY_PT + page.TRACKING_PT)
# What an exact line has above and below its characters.
_LEADING_PT = (page.LINE_PT - page.BODY_PT) / 2
_RED = RGBColor.from_string(page.RED.upper())
_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def word(told: dict[str, Any], pictures: Sequence[Placed], marks: Sequence[str]) -> bytes:
    """As `pdf` has them."""
    document = Document()
    _set_page(document, marks)
    _set_style(document)
    document.core_properties.title = told["title"]
    document.core_properties.author = told["issuer"]
    _head(document, told)
    if told["to"]:
        _paragraph(document, told["to"], "flush")
    _blocks(document, told["body"])
    # A signature never stands on a page by itself.
    last = document.paragraphs[-1]
    last.paragraph_format.keep_with_next = len(last.text) <= page.SIGNED_WITH
    _signature(document, told)
    _blocks(document, told["forms"])
    if pictures:
        _annex(document, told, pictures)
    if told["printed"]:
        _colophon(document, told)
    out = BytesIO()
    document.save(out)
    return _timeless(out)


def _timeless(file: BytesIO) -> bytes:
    """The same words are the same bytes: a ZIP says of each part when it was packed."""
    out = BytesIO()
    with ZipFile(file) as packed, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for part in packed.infolist():
            again.writestr(ZipInfo(part.filename), packed.read(part), ZIP_DEFLATED)
    return out.getvalue()


def _set_page(document: DocumentType, marks: Sequence[str]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.WIDTH_MM), Mm(page.HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(page.TOP_MM), Mm(page.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(page.LEFT_MM), Mm(page.RIGHT_MM)
    section.header_distance = Mm(page.TOP_MM - 17)
    section.footer_distance = Mm(page.BOTTOM_MM - page.PAGE_NUMBER_BELOW_MM - 6)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # Lines only: the space between characters stands in the style, where every program reads it.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(page.LINE_PT * 20)))
    document.settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.even_page_header):
        _mark(header.paragraphs[0], marks)
    for footer, at in ((section.footer, _RIGHT), (section.even_page_footer, None)):
        _page_number(footer.paragraphs[0], at)


def _set_style(document: DocumentType) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(page.BODY_PT)
    _face(normal.element.get_or_add_rPr(), FANGSONG[0])
    _track(normal.element.rPr, page.TRACKING_PT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.rPr.append(language)
    normal.paragraph_format.widow_control = False
    _pitch(normal.paragraph_format, page.LINE_PT)
    # No space of the program's own making between Chinese and figures, as in the PDF.
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        apart = OxmlElement(name)
        apart.set(qn("w:val"), "0")
        normal.element.get_or_add_pPr().insert_element_before(apart, "w:spacing")


def _head(document: DocumentType, told: dict[str, Any]) -> None:
    mast = document.add_paragraph()
    mast.alignment = _CENTER
    size = mast_pt(told["issuer"])
    _pitch(mast.paragraph_format, size * 1.1)
    mast.paragraph_format.space_before = Mm(page.MAST_TOP_MM)
    run = _run(mast, told["issuer"], XIAOBIAOSONG[0], size)
    run.font.color.rgb = _RED
    number = document.add_paragraph(told["number"])
    number.alignment = _CENTER
    number.paragraph_format.space_before = Pt(page.LINE_PT)
    number.paragraph_format.space_after = Pt(2 * page.LINE_PT - _LEADING_PT)
    # The rule hangs below the line, and the line is higher than its characters.
    away = page.RULE_BELOW_NUMBER_MM - _LEADING_PT / page.MM
    _rule(number, "bottom", page.RED, 0.5, away)
    title = document.add_paragraph()
    title.alignment = _CENTER
    _pitch(title.paragraph_format, page.LINE_PT * 1.2)
    title.paragraph_format.space_after = Pt(page.LINE_PT - _LEADING_PT)
    _run(title, told["title"], XIAOBIAOSONG[0], page.TITLE_PT)
    for line in (mast, number, title):
        _off_grid(line)


def _blocks(document: DocumentType, blocks: list[dict[str, Any]]) -> None:
    for block in blocks:
        if block["type"] == "paragraph":
            _paragraph(document, block["text"], block["style"])
        elif block["type"] == "table":
            _table(document, block)
        else:
            _form(document, block)


def _paragraph(document: DocumentType, text: str, style: str) -> Paragraph:
    paragraph = document.add_paragraph()
    if style == "flush":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(_AHEAD_PT)
    # A heading is never the last line of a page.
    paragraph.paragraph_format.keep_with_next = style in _FACES
    _run(paragraph, text, _FACES.get(style))
    return paragraph


def _table(document: DocumentType, block: dict[str, Any]) -> None:
    table = _grid(document, 1 + len(block["rows"]), block["widths"], 1, 1.2)
    head = table.rows[0]
    _flag(head._tr.get_or_add_trPr(), "w:tblHeader")
    for cell, text in zip(head.cells, block["head"], strict=True):
        _cell(cell, text, HEITI[0], center=True)
    for row, texts in zip(list(table.rows)[1:], block["rows"], strict=True):
        if all(len(text) <= page.ROW_SPLITS for text in texts):
            _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, text in zip(row.cells, texts, strict=True):
            _cell(cell, text)


def _form(document: DocumentType, block: dict[str, Any]) -> None:
    if block["title"]:
        title = document.add_paragraph()
        title.alignment = _CENTER
        title.paragraph_format.keep_with_next = True
        _run(title, block["title"], HEITI[0])
    widths = (page.FORM_NAME_MM, page.BODY_WIDTH_MM - page.FORM_NAME_MM)
    table = _grid(document, len(block["lines"]), widths, 1.5, 2)
    for n, (row, (name, value)) in enumerate(zip(table.rows, block["lines"], strict=True), 1):
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = n < len(block["lines"])
        _cell(row.cells[0], name, HEITI[0], center=True)
        _cell(row.cells[1], value)


def _signature(document: DocumentType, told: dict[str, Any]) -> None:
    for n, (text, indent) in enumerate(
        ((told["signed_by"], 2), (told["signed_on"], 4), (told["seal"], 4))
    ):
        line = document.add_paragraph(text)
        line.alignment = _RIGHT
        line.paragraph_format.right_indent = Pt(indent * page.BODY_PT)
        line.paragraph_format.keep_with_next = n < 2
        if n == 0:
            line.paragraph_format.space_before = Pt(2 * page.LINE_PT)


def _annex(document: DocumentType, told: dict[str, Any], pictures: Sequence[Placed]) -> None:
    title = _paragraph(document, told["annex"], "level1")
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_after = Pt(page.LINE_PT - page.BODY_PT)
    for picture, said in zip(pictures, told["pictures"], strict=True):
        shown = document.add_paragraph()
        shown.alignment = _CENTER
        shown.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shown.paragraph_format.keep_with_next = True
        shown.add_run().add_picture(
            str(picture.path), width=Mm(picture.width_mm), height=Mm(picture.height_mm)
        )
        caption = document.add_paragraph()
        caption.alignment = _CENTER
        _pitch(caption.paragraph_format, page.TABLE_LINE_PT)
        caption.paragraph_format.space_after = Pt(page.LINE_PT - page.BODY_PT)
        _off_grid(caption)
        _run(caption, said["caption"], None, page.TABLE_PT)


def _colophon(document: DocumentType, told: dict[str, Any]) -> None:
    """版记: at the foot of the last page."""
    lines = [each for each in (told["copies"], told["printed"]) if each]
    _thin(document)
    table = _grid(document, len(lines), (page.BODY_WIDTH_MM,), page.SMALL_PT / page.MM, 1.5)
    floats = OxmlElement("w:tblpPr")
    for name, value in (
        ("horzAnchor", "margin"),
        ("vertAnchor", "margin"),
        ("tblpXSpec", "left"),
        ("tblpYSpec", "bottom"),
    ):
        floats.set(qn(f"w:{name}"), value)
    table._tbl.tblPr.insert(1, floats)
    edges = table._tbl.tblPr.find(qn("w:tblBorders"))
    for edge in list(edges):
        name = edge.tag.split("}")[1]
        if name in {"top", "bottom"}:
            edge.set(qn("w:sz"), _eighths(page.EDGE_RULE_MM))
        elif name == "insideH":
            edge.set(qn("w:sz"), _eighths(page.INNER_RULE_MM))
        else:
            edge.set(qn("w:val"), "nil")
    for n, (row, text) in enumerate(zip(table.rows, lines, strict=True), 1):
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = n < len(lines)
        _cell(row.cells[0], text, size=page.SMALL_PT, pitch=page.SMALL_PT * 1.25)
    _thin(document)


def _thin(document: DocumentType) -> None:
    """Two tables that touch would be one, and one that floats hangs on what follows it."""
    line = document.add_paragraph()
    _pitch(line.paragraph_format, 1)
    _run(line, "", None, 1)


def _grid(
    document: DocumentType, rows: int, widths: Sequence[float], x_mm: float, y_mm: float
) -> Table:
    table: Table = document.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for name in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{key}"), value)
        borders.append(border)
    margins = OxmlElement("w:tblCellMar")
    for name, mm in (("top", y_mm), ("left", x_mm), ("bottom", y_mm), ("right", x_mm)):
        margin = OxmlElement(f"w:{name}")
        margin.set(qn("w:w"), str(round(mm * page.MM * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(round(x_mm * page.MM * 20)))
    indent.set(qn("w:type"), "dxa")
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(round(sum(widths) * page.MM * 20)))
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(indent)
    layout.addprevious(borders)
    layout.addnext(margins)
    for column, mm in zip(table.columns, widths, strict=True):
        column.width = Mm(mm)
    for row in table.rows:
        for cell, mm in zip(row.cells, widths, strict=True):
            cell.width = Mm(mm)
    return table


def _cell(
    cell: _Cell,
    text: str,
    face: str | None = None,
    *,
    center: bool = False,
    size: float = page.TABLE_PT,
    pitch: float = page.TABLE_LINE_PT,
) -> None:
    center_it = OxmlElement("w:vAlign")
    center_it.set(qn("w:val"), "center")
    cell._tc.get_or_add_tcPr().append(center_it)
    paragraph = cell.paragraphs[0]
    _pitch(paragraph.paragraph_format, pitch)
    _off_grid(paragraph)
    if center:
        paragraph.alignment = _CENTER
    run = _run(paragraph, text, face, size)
    _track(run._r.get_or_add_rPr(), 0)


def _run(paragraph: Paragraph, text: str, face: str | None, size: float | None = None) -> Run:
    run = paragraph.add_run()
    for n, line in enumerate(text.split("\n")):
        if n:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)
    if face:
        _face(run._r.get_or_add_rPr(), face)
    if size:
        run.font.size = Pt(size)
    return run


def _off_grid(paragraph: Paragraph) -> None:
    """Some programs make every line as high as those of the grid, or twice that."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(
        off, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
    )


def _track(properties: Any, points: float) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(points * 20)))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _face(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{attribute}"), name)


def _pitch(form: Any, pitch_pt: float) -> None:
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(pitch_pt)
    form.space_before = form.space_after = Pt(0)


def _mark(paragraph: Paragraph, marks: Sequence[str]) -> None:
    paragraph.alignment = _CENTER
    if marks:
        _run(paragraph, " ".join(marks), HEITI[0], 14).font.color.rgb = _RED


def _page_number(paragraph: Paragraph, at: Any) -> None:
    paragraph.alignment = at
    indent = Pt(page.SMALL_PT)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    _run(paragraph, "— ", None, page.SMALL_PT)
    number = _run(paragraph, "", None, page.SMALL_PT)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        number._r.append(part)
    _run(paragraph, " —", None, page.SMALL_PT)


def _rule(paragraph: Paragraph, edge: str, color: str, mm: float, away_mm: float) -> None:
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement(f"w:{edge}")
    for key, value in (
        ("val", "single"),
        ("sz", _eighths(mm)),
        ("space", str(round(away_mm * page.MM))),
        ("color", color.upper()),
    ):
        rule.set(qn(f"w:{key}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _eighths(mm: float) -> str:
    """Of a point, as borders are measured."""
    return str(round(mm * page.MM * 8))


def _flag(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))
