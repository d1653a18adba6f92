"""What a camera sees in a test, and what a phone's own camera leaves in a file."""

from io import BytesIO
from pathlib import Path

import pillow_heif
import segno
from PIL import Image

SIZE = (640, 480)


def film(path: Path, text: str) -> Path:
    """A label on a wall, as a film that Chromium shows instead of a camera."""
    label = BytesIO()
    segno.make_qr(text, error="m").save(label, kind="png", scale=10, border=4)
    wall = Image.new("RGB", SIZE, (120, 130, 125))
    square = Image.open(label).convert("RGB")
    square.thumbnail((360, 360), Image.Resampling.NEAREST)
    wall.paste(square, (140, 60))
    light, blue, red = wall.convert("YCbCr").split()
    half = (SIZE[0] // 2, SIZE[1] // 2)
    planes = light.tobytes() + blue.resize(half).tobytes() + red.resize(half).tobytes()
    head = f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F20:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + (b"FRAME\n" + planes) * 20)
    return path


def picture() -> Image.Image:
    wide = Image.new("RGB", (1200, 900), (40, 90, 160))
    wide.paste((200, 60, 40), (300, 200, 800, 700))
    return wide


def by_phone(taken: str | None, lon: float | None = None, lat: float | None = None) -> bytes:
    """A JPEG with what a phone writes into it."""
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if lon is not None and lat is not None:
        exif.get_ifd(0x8825).update({1: "N", 2: _degrees(lat), 3: "E", 4: _degrees(lon)})
    file = BytesIO()
    picture().save(file, "JPEG", exif=exif.tobytes(), quality=88)
    return file.getvalue()


def by_apple() -> bytes:
    file = BytesIO()
    pillow_heif.from_pillow(picture()).save(file, quality=60)
    return file.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    return degrees, minutes, round((value - degrees - minutes / 60) * 3600, 4)
