"""Papers and pictures about a site, small and true."""

from io import BytesIO
from uuid import uuid4

import pypdfium2
from rest_framework.test import APIClient

from tests.planning.drawn import SITES


def pdf(pages: int = 1) -> bytes:
    document, file = pypdfium2.PdfDocument.new(), BytesIO()
    for _ in range(pages):
        document.new_page(200, 200)
    document.save(file)
    document.close()
    return file.getvalue()


def put(client: APIClient, site: dict, body: bytes, id: str | None = None, name: str = "表决.pdf"):
    address = f"{SITES}{site['id']}/documents/{id or uuid4()}/?name={name}"
    return client.put(address, body, content_type="application/octet-stream")


def attach(client: APIClient, site: dict, body: bytes) -> dict:
    reply = put(client, site, body)
    assert reply.status_code == 201, reply.json()
    return reply.json()
