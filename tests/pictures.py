"""Photos and videos made on the spot, small and true."""

from datetime import datetime
from fractions import Fraction
from io import BytesIO

import av
import numpy as np
import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from inspections.services.photos import Held

pillow_heif.register_heif_opener()


def held(sha256: str, length: int) -> Held:
    """With its file in the store, as an upload leaves it."""
    name = f"held/{sha256}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"bytes"))
    return Held(sha256, length, name, "image/jpeg")


def scene(width: int = 320, height: int = 240) -> Image.Image:
    """Nothing a coder makes small: a gradient under noise, the same each time."""
    noise = np.random.default_rng(width * height).integers(0, 60, (height, width, 3))
    ramp = np.linspace(0, 195, width)[None, :, None]
    return Image.fromarray((noise + ramp).astype("uint8"))


def exif(
    *,
    at: datetime | None = None,
    place: tuple[float, float] | None = None,
    orientation: int | None = None,
) -> Image.Exif:
    told = Image.Exif()
    if orientation:
        told[Base.Orientation] = orientation
    if at:
        told.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = at.strftime("%Y:%m:%d %H:%M:%S")
    if place:
        lon, lat = place
        told.get_ifd(IFD.GPSInfo).update(
            {
                GPS.GPSLatitudeRef: "N" if lat >= 0 else "S",
                GPS.GPSLatitude: _sexagesimal(abs(lat)),
                GPS.GPSLongitudeRef: "E" if lon >= 0 else "W",
                GPS.GPSLongitude: _sexagesimal(abs(lon)),
            }
        )
    return told


def photo(format: str = "JPEG", size: tuple[int, int] = (320, 240), **stamps) -> bytes:
    """As JPEG, PNG, WEBP or HEIF, with what `exif` takes."""
    out = BytesIO()
    told = exif(**stamps)
    options = {"exif": told.tobytes()} if len(told.tobytes()) > 20 else {}
    scene(*size).save(out, format, **options)
    return out.getvalue()


def video(
    format: str = "mp4", seconds: float = 1.0, size: tuple[int, int] = (64, 48), fps: int = 5
) -> bytes:
    """As mp4, mov or webm."""
    out = BytesIO()
    with av.open(out, "w", format=format) as container:
        stream = container.add_stream("libvpx" if format == "webm" else "mpeg4", rate=fps)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        picture = av.VideoFrame.from_image(scene(*size))
        for n in range(max(1, round(seconds * fps))):
            picture.pts, picture.time_base = n, Fraction(1, fps)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return out.getvalue()


def _sexagesimal(value: float) -> tuple[float, float, float]:
    degrees, rest = divmod(value, 1)
    minutes, rest = divmod(rest * 60, 1)
    return degrees, minutes, round(rest * 60, 4)
