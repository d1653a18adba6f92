"""Lines of text drawn into a picture, so that a copy that is passed on says what it shows."""

from PIL import Image, ImageDraw

from inspections.pictures.fonts import chinese_font

_SHADE = (0, 0, 0, 140)
_INK = (255, 255, 255, 255)


def stamped(picture: Image.Image, lines: list[str]) -> Image.Image:
    """At the lower edge, on a shade; a line that is too long ends in an ellipsis."""
    size, margin, step = _measures(picture)
    font = chinese_font(size)
    height = shade_of(picture, lines)
    strip = Image.new("RGBA", (picture.width, height), _SHADE)
    draw = ImageDraw.Draw(strip)
    for n, line in enumerate(lines):
        text = line
        while text and draw.textlength(text, font) > picture.width - 2 * margin:
            text = text.removesuffix("…")[:-1] + "…" if len(text) > 1 else ""
        draw.text((margin, margin + n * step), text, _INK, font)
    at = (0, picture.height - height)
    ground = picture.crop((*at, *picture.size)).convert("RGBA")
    picture.paste(Image.alpha_composite(ground, strip).convert("RGB"), at)
    return picture


def shade_of(picture: Image.Image, lines: list[str]) -> int:
    """How high the shade with so many lines is."""
    _, margin, step = _measures(picture)
    return min(picture.height, step * len(lines) + 2 * margin)


def _measures(picture: Image.Image) -> tuple[int, int, int]:
    """Of its letters, around them, and from line to line."""
    size = max(16, round(min(picture.width, picture.height * 1.6) / 42))
    return size, size // 2, round(size * 1.4)
