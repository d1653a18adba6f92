"""Issuing a paper as a supervisor does, and reading its files as a person would."""

import re
import subprocess
import uuid
from datetime import timedelta
from pathlib import Path

import pypdfium2
from django.core.files.storage import default_storage
from django.utils import timezone

from inspections import tasks
from inspections.models import Paper

OFFICERS = [{"name": "张三", "number": "闽C001"}, {"name": "李四", "number": "闽C002"}]
DRAFT = "/api/v1/papers/draft/"


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def said(told: str) -> str:
    year, month, number = map(int, told.split("-"))
    return f"{year}年{month}月{number}日"


def a_notice(*cases, **changes) -> dict:
    """What must be told of one; edits are added to."""
    edits = {"due": day(7), "recheck_on": day(10), "phone": "0595-85000000"}
    body = {
        "kind": "notice",
        "cases": [str(each.pk) for each in cases],
        "officers": OFFICERS,
        "edits": edits | changes.pop("edits", {}),
    }
    return body | changes


def put_paper(client, body, id=None):
    return client.put(f"/api/v1/papers/{id or uuid.uuid4()}/", body, format="json")


def issued(client, body, id=None) -> Paper:
    reply = put_paper(client, body, id)
    assert reply.status_code == 201, reply.json()
    return Paper.objects.get(pk=reply.json()["id"])


def rendered(paper: Paper) -> Paper:
    """What the worker makes of it."""
    assert tasks.render_paper(paper=str(paper.pk))
    paper.refresh_from_db()
    return paper


def bytes_of(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def pages_of(body: bytes) -> list[str]:
    """The text of each page as it is read, without what only breaks its lines."""
    document = pypdfium2.PdfDocument(body)
    try:
        return [close(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def close(text: str) -> str:
    """Without spaces, line ends and what may be a break and is none."""
    return re.sub("[\\s\u200b\ufffe\x02]", "", text)


def text_of(body: bytes) -> str:
    """Of all pages, without their numbers and what stands at their heads."""
    return "".join(re.sub("—[0-9]+—$", "", each) for each in pages_of(body))


def by_office(body: bytes, folder: Path) -> bytes:
    """A .docx as LibreOffice prints it, with a profile of its own."""
    source = folder / "paper.docx"
    source.write_bytes(body)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "paper.pdf").read_bytes()


def words_of(told) -> list[str]:
    """Every text of a sheet, in its order."""
    if isinstance(told, dict):
        return [
            each
            for name, value in told.items()
            if name not in _NO_WORDS
            for each in words_of(value)
        ]
    if isinstance(told, list):
        return [each for value in told for each in words_of(value)]
    return [told] if isinstance(told, str) else []


_NO_WORDS = {"type", "style", "widths", "file", "sha256"}


def drafted(client, kind: str, *cases, **edits):
    body = {"kind": kind, "cases": [str(each.pk) for each in cases], "edits": edits}
    return client.post(DRAFT, body, format="json")


def rows_of(told: dict) -> list[list[str]]:
    """Of the first table."""
    return next(each["rows"] for each in told["says"]["body"] if each["type"] == "table")


def delivered(client, paper, **told):
    body = {"how": "in_person", "at": timezone.now().isoformat(), "receiver": "王五"} | told
    body = {name: each for name, each in body.items() if each is not None}
    return client.put(f"/api/v1/papers/{paper.pk}/delivery/", body, format="json")


class NoFonts:
    """What the typesetter finds on a machine that has no Chinese."""

    def families(self) -> list[str]:
        return ["Libertinus Serif"]
