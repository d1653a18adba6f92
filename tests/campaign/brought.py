"""Files as people bring them, small and true."""

import io
import zipfile
from uuid import uuid4

from docx import Document
from openpyxl import Workbook
from rest_framework.test import APIClient

ATTACHMENTS = "/api/v1/campaign/attachments/"


def workbook() -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.active["A1"] = "小区"
    book.save(file)
    return file.getvalue()


def letter() -> bytes:
    paper, file = Document(), io.BytesIO()
    paper.add_paragraph("会议纪要")
    paper.save(file)
    return file.getvalue()


def archive(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as into:
        for name, text in parts.items():
            into.writestr(name.replace("__", "/"), text)
    return file.getvalue()


def bring(client: APIClient, body: bytes, id: object = None, name: str = "纪要.pdf"):
    address = f"{ATTACHMENTS}{id or uuid4()}/?name={name}"
    return client.put(address, body, content_type="application/octet-stream")
