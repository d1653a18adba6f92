"""Photos accepted over HTTP against writing the same bytes to a file, and derivatives against a
full decode."""

import base64
import os
import tempfile
from contextlib import ExitStack
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

import numpy as np
from PIL import Image, ImageOps

from bench.figures import Figure, against
from bench.load import ROUNDS, Act, Asker, Client, rounds
from bench.office import TOKEN, web
from inspections.models import Photo, Upload
from inspections.pictures.deriving import LARGE, SMALL, derive

PHOTO_BYTES = 400_000
TWELVE_MEGAPIXELS = (4032, 3024)


def measure(dsn: str) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as folder, web() as port:
        rates = rounds(
            {"file written": _writing(Path(folder)), "photo accepted": _sending(port)},
        )
    Upload.objects.all().delete()
    Photo.objects.all().delete()
    base = rates["file written"]
    told = {f"photos of 0.4 MB, {name}": against(rate, base) for name, rate in rates.items()}
    return told | _deriving()


def _body() -> bytes:
    """Another photo each time: a few bytes behind its end are of no account to a JPEG."""
    return _JPEG + uuid4().bytes


def _writing(folder: Path) -> Client:
    def client(kept: ExitStack) -> Act:
        def act() -> None:
            body = _body()
            digest = sha256(body).hexdigest()
            with (folder / digest).open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())

        return act

    return client


def _sending(port: int) -> Client:
    def client(kept: ExitStack) -> Act:
        asker = kept.enter_context(Asker(port, TOKEN))

        def act() -> None:
            body = _body()
            told = {"entry": uuid4(), "photo": uuid4(), "sha256": sha256(body).hexdigest()}
            asker.ask(
                "/api/v1/uploads/",
                method="POST",
                body=body,
                expect=201,
                Tus_Resumable="1.0.0",
                Upload_Length=str(len(body)),
                Upload_Metadata=",".join(
                    f"{name} {base64.b64encode(str(each).encode()).decode()}"
                    for name, each in told.items()
                ),
                Content_Type="application/offset+octet-stream",
            )

        return act

    return client


def _deriving() -> dict[str, Figure]:
    photo = _jpeg(*TWELVE_MEGAPIXELS)
    ways = {"ours": _derived, "a full decode": _decoded_whole}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = perf_counter()
            way(photo)
            taken[name].append(perf_counter() - begun)
    ours, whole = (median(taken[name]) for name in ways)
    return {
        "a full decode of 12 megapixels": {"ms": whole * 1000},
        "derivatives of 12 megapixels": {"ms": ours * 1000, "ratio": whole / ours},
    }


def _derived(photo: bytes) -> None:
    derive(BytesIO(photo), "image/jpeg", [])


def _decoded_whole(photo: bytes) -> None:
    """The same two pictures, by every pixel of the original."""
    with Image.open(BytesIO(photo)) as image:
        picture = ImageOps.exif_transpose(image).convert("RGB")
    for size in (LARGE, SMALL):
        picture.thumbnail((size, size), Image.Resampling.LANCZOS)
        picture.save(BytesIO(), "JPEG", quality=82, optimize=True, progressive=True)


def _jpeg(width: int, height: int) -> bytes:
    """With as much in it as a picture of a stairwell has."""
    noise = np.random.default_rng(1).integers(0, 24, (height, width, 3))
    ramp = np.linspace(0, 230, width)[None, :, None]
    out = BytesIO()
    Image.fromarray((noise + ramp).astype("uint8")).save(out, "JPEG", quality=88)
    return out.getvalue()


_JPEG = _jpeg(1280, 960)
