"""What people read has its Chinese: every message in code and templates, whole and once."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

HOUSE = Path(__file__).parent.parent
APPS = ("config", "geo", "people", "inspections", "planning", "campaign")
PO = HOUSE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
ONE, MANY, IN_CONTEXT = None, (1, 2), ((1, "c"), 2)
KEYWORDS = {
    "_": ONE,
    "_t": ONE,
    "gettext": ONE,
    "gettext_lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
}
# A call that `templatize` writes in place of a template's tags, with its literals.
LITERAL = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(((?:{LITERAL}(?:, )?)+)")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]|\{\w*\}")


def in_code(path: Path):
    with path.open("rb") as file:
        for _line, message, _comments, context in extract("python", file, KEYWORDS):
            yield context, message[0] if isinstance(message, tuple) else message


def in_plain_code(path: Path):
    """Kinds are plain Python and know no gettext: their sentences are literals, said later."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield None, node.value


def in_template(path: Path):
    for name, literals in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
        words = ast.literal_eval(f"({literals.rstrip(', ')},)")
        yield (words[0], words[1]) if "p" in name.removesuffix("gettext") else (None, words[0])


def every_message() -> dict[tuple[str | None, str], str]:
    """(context, message) → a file that says it."""
    found = {}
    for app in APPS:
        for path in sorted((HOUSE / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found |= dict.fromkeys(in_code(path), str(path.relative_to(HOUSE)))
        for path in sorted((HOUSE / app).rglob("templates/**/*.*")):
            found |= dict.fromkeys(in_template(path), str(path.relative_to(HOUSE)))
    return found


@pytest.fixture(scope="module")
def words():
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def test_everything_people_read_is_said_in_chinese(words):
    missing = [
        f"{path}: {message!r}"
        for (context, message), path in every_message().items()
        if not words.get(message, context) or not words.get(message, context).string
    ]
    assert missing == []


def test_the_chinese_says_nothing_that_no_page_says(words):
    plain = (HOUSE / "inspections").rglob("kind*/**/*.py")
    said = set(every_message()).union(*map(in_plain_code, plain))
    kept = {(each.context, first(each.id)) for each in words if each.id}
    assert kept - said == set()


def test_no_message_is_written_twice():
    lines = PO.read_text(encoding="utf-8").split("\n\n")
    headed = [re.findall(r'^(?:msgctxt|msgid) .*(?:\n".*)*', each, re.M) for each in lines]
    assert [each for each, count in Counter(map(tuple, headed)).items() if each and count > 1] == []


def test_what_is_filled_in_is_filled_in_alike(words):
    wrong = [
        each.id
        for each in words
        if each.id
        and set(PLACEHOLDER.findall(last(each.id))) != set(PLACEHOLDER.findall(last(each.string)))
    ]
    assert wrong == []


def first(id: str | tuple[str, ...]) -> str:
    return id if isinstance(id, str) else id[0]


def last(id: str | tuple[str, ...]) -> str:
    return id if isinstance(id, str) else id[-1]
