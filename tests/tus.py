"""Uploads as the protocol writes them, for Django's own client."""

import base64
import hashlib
import uuid

UPLOADS = "/api/v1/uploads/"
PART = "application/offset+octet-stream"
VERSION = {"Tus-Resumable": "1.0.0"}


def metadata(**told) -> str:
    return ",".join(
        f"{name} {base64.b64encode(str(each).encode()).decode()}" for name, each in told.items()
    )


def checksum(body: bytes, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, body).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def of_photo(body: bytes, **told) -> dict[str, str]:
    """What a tablet says of it."""
    named = {"entry": uuid.uuid4(), "photo": uuid.uuid4(), "sha256": sha256(body)}
    return {"Upload-Metadata": metadata(**(named | told))}


def create(client, length: int, *, body: bytes | None = None, **headers):
    options = {"data": body, "content_type": PART} if body is not None else {}
    return client.post(
        UPLOADS, headers=VERSION | {"Upload-Length": str(length)} | headers, **options
    )


def patch(client, where: str, offset: int, body: bytes, **headers):
    told = VERSION | {"Upload-Offset": str(offset)} | headers
    return client.patch(where, data=body, content_type=PART, headers=told)


def head(client, where: str, **headers):
    return client.head(where, headers=VERSION | headers)


def offset(client, where: str) -> int:
    return int(head(client, where)["Upload-Offset"])


def upload(client, body: bytes, **told):
    """The whole in one part; the last reply."""
    where = create(client, len(body), **of_photo(body, **told))["Location"]
    return patch(client, where, 0, body)
