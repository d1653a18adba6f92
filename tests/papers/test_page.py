"""The page of GB/T 9704-2012, measured in the PDF itself."""

import ctypes
import struct
import time
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from inspections.papers import fonts, page
from inspections.papers.pdf import pdf
from inspections.papers.sheet import Form, Paragraph, Sheet, Table
from inspections.papers.word import word
from inspections.pictures.fonts import chinese_font
from tests.papers.desk import NoFonts, by_office, close, pages_of, text_of, words_of

SENTENCE = "检查发现的隐患应当逐项整改并落实日常管理责任"


def a_sheet(**changes) -> dict:
    parts = {
        "issuer": "青阳街道办事处",
        "number": "青街改〔2024〕3号",
        "title": "整改通知书",
        "to": "银星物业服务有限公司：",
        "body": (Paragraph("请按期整改。"),),
        "signed_by": "青阳街道办事处",
        "signed_on": "2024年12月16日",
        "seal": "（印章）",
        "printed": "青阳街道办事处　2024年12月16日印发",
    }
    return Sheet(**(parts | changes)).told()


def boxes(body: bytes, n: int) -> list[tuple[str, float, float, float, float]]:
    """Each character of a page with its left, bottom, right and top, in points from its foot."""
    document = pypdfium2.PdfDocument(body)
    try:
        text = document[n].get_textpage()
        told = text.get_text_range()
        return [
            (told[at], *text.get_charbox(at, loose=True))
            for at in range(text.count_chars())
            if not told[at].isspace()
        ]
    finally:
        document.close()


def lines(body: bytes, n: int) -> list[tuple[float, str]]:
    """What stands in each line of the type area, with how far its foot is from that of the page."""
    found: list[tuple[float, str]] = []
    for character, _, bottom, _, top in boxes(body, n):
        if bottom < page.BOTTOM_MM * page.MM - 1 or top > (297 - page.TOP_MM) * page.MM + 4:
            continue
        if found and abs(found[-1][0] - bottom) < 4:
            found[-1] = (found[-1][0], found[-1][1] + character)
        else:
            found.append((bottom, character))
    return found


@pytest.fixture(scope="module")
def long() -> bytes:
    """Pages of nothing but text."""
    return pdf(a_sheet(body=(Paragraph(SENTENCE * 120),)), [], [])[0]


def test_the_paper_is_a4(long):
    document = pypdfium2.PdfDocument(long)
    width, height = document[0].get_size()
    document.close()
    assert (round(width / page.MM, 1), round(height / page.MM, 1)) == (210.0, 297.0)


def test_a_page_of_text_has_22_lines_of_28_characters(long):
    whole = lines(long, 1)
    assert len(whole) == 22
    assert {len(told) for _, told in whole} == {28}


def test_the_lines_are_as_far_apart_as_the_grid(long):
    feet = [foot for foot, _ in lines(long, 1)]
    # 225 mm by 22 lines, in the twentieths of a point that a .docx knows.
    assert page.LINE_PT == 28.95
    assert all(a - b == pytest.approx(28.95, abs=0.6) for a, b in pairwise(feet))


def test_the_margins_are_37_28_26_and_35_mm(long):
    told = [each for each in boxes(long, 1) if each[0] in SENTENCE]
    left = min(each[1] for each in told) / page.MM
    right = 210 - max(each[3] for each in told) / page.MM
    top = 297 - max(each[4] for each in told) / page.MM
    bottom = min(each[2] for each in told) / page.MM
    assert left == pytest.approx(28, abs=1)
    assert right == pytest.approx(26, abs=1)
    assert top == pytest.approx(37, abs=1.5)
    assert bottom >= 34


def test_the_office_and_the_rule_are_red_and_the_text_black(long):
    document = pypdfium2.PdfDocument(long)
    picture = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    colours = {name for name, at in _rows(picture).items() if at}
    assert colours == {"red", "black"}
    # The name of the office is above the rule, the text below it.
    rows = _rows(picture)
    assert max(rows["red"]) < min(y for y in rows["black"] if y > max(rows["red"]))


def _rows(picture) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"red": [], "black": []}
    for y in range(picture.height):
        for x in range(0, picture.width, 3):
            r, g, b = picture.getpixel((x, y))
            if r > 200 and g < 60 and b < 60:
                found["red"].append(y)
            elif max(r, g, b) < 60:
                found["black"].append(y)
    return found


def test_pages_are_numbered_outside_odd_right_and_even_left(long):
    assert [each[-3:] for each in pages_of(long)[:2]] == ["—1—", "—2—"]
    for n, outside in ((0, lambda x: x > 105), (1, lambda x: x < 105)):
        feet = [each for each in boxes(long, n) if each[4] < page.BOTTOM_MM * page.MM]
        assert "".join(each[0] for each in feet) == f"—{n + 1}—"
        assert all(outside(each[1] / page.MM) for each in feet)


MARKUP = [
    "#strong[粗] *斜* _下_ $x^2$ = 标题",
    '#read("/etc/passwd") #eval("1+1") #panic()',
    "<b>标签</b> & &amp; <!-- -->",
    "\\ \\n \\u{1f} // 注释 /* 块 */ @引用 <标记>",
    "]] )) }} {% raw %} {{ x }} ${HOME} `code`",
    "https://example.com/a?b=c&d=e",
]


def test_the_same_words_are_the_same_bytes(monkeypatch):
    first = pdf(a_sheet(), [], []), word(a_sheet(), [], [])
    later = time.localtime(time.time() + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert (pdf(a_sheet(), [], []), word(a_sheet(), [], [])) == first


@pytest.mark.slow
def test_nothing_a_person_writes_becomes_markup(tmp_path):
    told = a_sheet(
        title="关于“#panic()”的通知",
        to='#image("x")公司：',
        body=(
            *(Paragraph(each) for each in MARKUP),
            Table((78.0, 78.0), ("甲", "乙"), tuple((each, each) for each in MARKUP)),
            Form("", tuple((each[:9], each) for each in MARKUP)),
        ),
    )
    made, _ = pdf(told, [], [])
    printed = by_office(word(told, [], []), tmp_path)
    for text in (text_of(made), text_of(printed)):
        assert [each for each in words_of(told) if close(each) not in text] == []


def test_what_no_page_can_show_is_left_out():
    told = a_sheet(body=(Paragraph("一\0二\x0b三\ud800四\u202e五\ufeff六\t七"),))
    made, _ = pdf(told, [], [])
    assert "一二三四五六七" in text_of(made)
    assert word(told, [], [])


@pytest.mark.slow
def test_very_long_texts_and_words_stay_within_their_lines(tmp_path):
    word_of_600 = "https://example.com/" + "a" * 580
    told = a_sheet(
        body=(
            Paragraph(SENTENCE * 200),
            Paragraph(word_of_600),
            Table((20.0, 136.0), ("序号", "描述"), (("1", SENTENCE * 60), ("2", word_of_600))),
        )
    )
    made, pages = pdf(told, [], [])
    # Where a table goes on, its head stands again between two halves of a sentence.
    assert text_of(made).replace("序号描述", "").count(close(SENTENCE)) == 260
    assert close(word_of_600) in text_of(made)
    for n in range(pages):
        edge = max(each[3] for each in boxes(made, n)) / page.MM
        assert edge <= 210 - 25
    printed = by_office(word(told, [], []), tmp_path)
    assert text_of(printed).replace("序号描述", "").count(close(SENTENCE)) == 260
    assert abs(len(pages_of(printed)) - pages) <= 1


def test_without_a_font_that_has_chinese_it_says_so(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts.typst, "Fonts", lambda **_: NoFonts())
    settings.PAPER_FONTS_DIR = tmp_path / "none"
    with pytest.raises(fonts.NoFont):
        pdf(a_sheet(), [], [])


def test_the_offices_own_fonts_are_used_where_it_has_them(settings, tmp_path):
    """A licensed font is one more file in a folder: here a free one under another's name."""
    assert fonts.fonts().fangsong == fonts.SERIF
    assert font_names(pdf(a_sheet(), [], [])[0], "请按期整改") == {"NotoSerifCJKsc-Regular"}
    free = Path(chinese_font(12).path)
    (tmp_path / "fangsong.ttc").write_bytes(renamed(free.read_bytes(), "FangSong"))
    settings.PAPER_FONTS_DIR = tmp_path
    assert fonts.fonts().fangsong == "FangSong"
    (name,) = font_names(pdf(a_sheet(), [], [])[0], "请按期整改")
    assert name.startswith("NotoSansCJK")


def font_names(body: bytes, words: str) -> set[str]:
    """In what the characters of these words are set."""
    document = pypdfium2.PdfDocument(body)
    found = set()
    try:
        text = document[0].get_textpage()
        told = text.get_text_range()
        at = told.index(words)
        for n in range(at, at + len(words)):
            buffer = ctypes.create_string_buffer(100)
            pdfium.FPDFText_GetFontInfo(text.raw, n, buffer, 100, ctypes.c_int())
            found.add(buffer.value.decode().partition("+")[2] or buffer.value.decode())
    finally:
        document.close()
    return found


def renamed(font: bytes, family: str) -> bytes:
    """The family's name in every face of a collection, written over."""
    made, new = bytearray(font), family.encode("utf-16-be")
    assert font[:4] == b"ttcf"
    faces = struct.unpack_from(f">{struct.unpack_from('>I', font, 8)[0]}I", font, 12)
    for face in faces:
        for n in range(struct.unpack_from(">H", font, face + 4)[0]):
            tag, _, at, _ = struct.unpack_from(">4sIII", font, face + 12 + 16 * n)
            if tag != b"name":
                continue
            _, count, strings = struct.unpack_from(">HHH", font, at)
            for record in range(at + 6, at + 6 + 12 * count, 12):
                *_, id, length, offset = struct.unpack_from(">HHHHHH", font, record)
                if id in (1, 16) and length >= len(new):
                    struct.pack_into(">H", made, record + 8, len(new))
                    start = at + strings + offset
                    made[start : start + len(new)] = new
    return bytes(made)
