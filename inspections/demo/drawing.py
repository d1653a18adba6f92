"""What the demonstration's photos show: places drawn with few lines, so that nobody takes them
for pictures of a real one."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from inspections.pictures.fonts import NoFont, chinese_font

Draw: TypeAlias = ImageDraw.ImageDraw
Colour: TypeAlias = tuple[int, int, int]

SIZE = (960, 720)
# So far, in pixels, whoever comes back stands beside where the first one stood.
SWAY = 24
WIDE, HIGH = SIZE[0] + 2 * SWAY, SIZE[1] + 2 * SWAY
CARS: tuple[Colour, ...] = ((176, 58, 46), (52, 92, 140), (225, 225, 220), (70, 74, 80))
WALLS: tuple[Colour, ...] = ((214, 203, 184), (196, 206, 208), (222, 196, 170))
SKIN, COATS = (236, 196, 160), ((64, 110, 160), (120, 70, 120), (60, 130, 90))


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn of a place, and for which items of a checklist."""

    items: tuple[str, ...]
    paint: Callable[[Image.Image, Random, bool], None]


def picture(scene: Scene, place: str, *, mended: bool) -> Image.Image:
    """Of one `place` always the same, but for what was put right and a step to the side."""
    canvas = Image.new("RGB", (WIDE, HIGH))
    scene.paint(canvas, Random(place), mended)  # noqa: S311
    chance = Random(f"{place} {mended}")  # noqa: S311
    left, top = (chance.randint(0, 2 * SWAY) for _ in range(2))
    seen = canvas.crop((left, top, left + SIZE[0], top + SIZE[1]))
    seen = ImageEnhance.Brightness(seen).enhance(chance.uniform(0.92, 1.08))
    _say(ImageDraw.Draw(seen))
    return seen


def _say(draw: Draw) -> None:
    text, font = _words()
    draw.rectangle((0, 0, SIZE[0], 44), fill=(20, 60, 66))
    # In the middle: the corners are taken by what pages write over a picture.
    draw.text((SIZE[0] / 2, 22), text, font=font, fill="white", anchor="mm")


def _words() -> tuple[str, ImageFont.FreeTypeFont | ImageFont.ImageFont]:
    try:
        return "演示 · 示意图，不是真实照片", chinese_font(26)
    except NoFont:
        return "DEMONSTRATION: DRAWN, NO REAL PHOTO", ImageFont.load_default(24)


def _lane(canvas: Image.Image, place: Random, mended: bool) -> None:
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, WIDE, 330), fill=(198, 218, 232))
    draw.rectangle((0, 330, WIDE, HIGH), fill=(150, 168, 128))
    wall = place.choice(WALLS)
    draw.polygon(((0, 40), (330, 210), (330, 400), (0, 560)), fill=wall)
    draw.polygon(((WIDE, 0), (650, 200), (650, 400), (WIDE, 580)), fill=_darker(wall))
    for column in range(5):
        for row in range(3):
            x, y = 30 + column * 58, 150 + column * 22 + row * (95 - column * 9)
            draw.rectangle((x, y, x + 30, y + 52 - column * 5), fill=(96, 124, 142))
            draw.rectangle(
                (WIDE - x - 30, y - 10, WIDE - x, y + 42 - column * 5), fill=(86, 108, 124)
            )
    draw.polygon(((430, 380), (560, 380), (900, HIGH), (90, HIGH)), fill=(104, 106, 110))
    for near, far in (((90, HIGH), (430, 380)), ((900, HIGH), (560, 380))):
        draw.line((near, far), fill=(236, 196, 40), width=9)
    draw.polygon(((300, 560), (690, 560), (735, 640), (250, 640)), outline=(236, 196, 40), width=6)
    for step in range(4):
        x = 330 + step * 90
        draw.line((x, 575, x + 60, 625), fill=(236, 196, 40), width=6)
    coat, at = place.choice(COATS), place.randint(470, 520)
    cars = [(place.choice(CARS), place.randint(100, 999)) for _ in range(3)]
    if mended:
        return
    _person(draw, at, 400, coat)
    spots = ((545, 395, 0.45), (250, 425, 0.8), (560, 470, 1.25))
    for (colour, number), (x, y, scale) in zip(cars, spots, strict=True):
        _car(draw, x, y, scale, colour, f"DEMO {number}")


def _car(draw: Draw, x: float, y: float, scale: float, colour: Colour, plate: str) -> None:
    """Seen from behind, its upper left corner there."""

    def box(left: int, top: int, right: int, bottom: int) -> tuple[float, float, float, float]:
        return x + left * scale, y + top * scale, x + right * scale, y + bottom * scale

    for wheel in (14, 142):
        draw.rounded_rectangle(box(wheel, 100, wheel + 30, 150), 6 * scale, fill=(30, 30, 32))
    draw.rounded_rectangle(box(30, 0, 156, 80), 22 * scale, fill=colour)
    draw.rounded_rectangle(box(42, 12, 144, 56), 12 * scale, fill=(180, 204, 216))
    draw.rounded_rectangle(box(0, 54, 186, 132), 20 * scale, fill=colour, outline=(40, 40, 44))
    for lamp in (8, 150):
        draw.rounded_rectangle(box(lamp, 70, lamp + 28, 88), 5 * scale, fill=(216, 60, 48))
    draw.rectangle(box(50, 96, 136, 122), fill=(30, 80, 190))
    font = ImageFont.load_default(15 * scale)
    draw.text((x + 93 * scale, y + 109 * scale), plate, font=font, fill="white", anchor="mm")


def _person(draw: Draw, x: int, y: int, coat: Colour) -> None:
    draw.rectangle((x - 9, y + 68, x + 9, y + 118), fill=(50, 54, 66))
    draw.rounded_rectangle((x - 18, y + 20, x + 18, y + 76), 10, fill=coat)
    draw.ellipse((x - 13, y - 10, x + 13, y + 20), fill=SKIN, outline=(90, 66, 50))
    for eye in (-5, 5):
        draw.ellipse((x + eye - 2, y + 1, x + eye + 2, y + 5), fill=(40, 30, 30))
    draw.arc((x - 6, y + 4, x + 6, y + 14), 20, 160, fill=(40, 30, 30), width=2)


def _stairs(canvas: Image.Image, place: Random, mended: bool) -> None:
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, WIDE, HIGH), fill=place.choice(WALLS))
    draw.polygon(((0, 600), (WIDE, 600), (WIDE, HIGH), (0, HIGH)), fill=(128, 124, 118))
    for step in range(9):
        left, top = 560 + step * 46, 560 - step * 46
        draw.rectangle((left, top, WIDE, top + 46), fill=(168 - step * 6,) * 3)
        draw.line((left, top, WIDE, top), fill=(216, 214, 208), width=5)
    draw.line((540, 470, 900, 90), fill=(96, 60, 40), width=12)
    for post in range(5):
        left = 560 + post * 80
        draw.line((left, 450 - post * 84, left, 560 - post * 80), (96, 60, 40), 6)
    draw.rectangle((60, 190, 250, 600), fill=(112, 84, 66), outline=(80, 58, 44), width=6)
    draw.ellipse((220, 390, 236, 406), fill=(220, 200, 120))
    draw.rectangle((96, 110, 216, 160), fill=(36, 128, 72))
    draw.polygon(((110, 135), (140, 118), (140, 152)), fill="white")
    draw.rectangle((140, 129, 200, 141), fill="white")
    draw.rectangle((470, 330, 510, 370), fill=(240, 240, 236), outline=(90, 90, 90), width=3)
    colour = place.choice(CARS)
    if mended:
        draw.ellipse((330, 240, 430, 340), fill="white", outline=(200, 40, 36), width=12)
        _bike(draw, 344, 276, 0.24, (60, 60, 60))
        draw.line((346, 256, 414, 324), fill=(200, 40, 36), width=12)
        return
    _bike(draw, 260, 430, 1.0, colour)
    wire = ((488, 352), (520, 400), (505, 470), (470, 520), (425, 505))
    draw.line(wire, fill=(240, 110, 20), width=9, joint="curve")
    draw.rectangle((400, 488, 440, 522), fill=(30, 30, 34))


def _bike(draw: Draw, x: int, y: int, scale: float, colour: Colour) -> None:
    def at(*numbers: int) -> list[tuple[float, float]]:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return [(x + left * scale, y + top * scale) for left, top in pairs]

    thick = max(2, round(13 * scale))
    for wheel in (0, 200):
        draw.ellipse(at(wheel, 90, wheel + 110, 200), outline=(30, 30, 32), width=thick)
    draw.line(at(55, 145, 110, 90, 200, 130, 225, 20, 255, 145), colour, thick, joint="curve")
    draw.polygon(at(90, 90, 215, 140, 205, 165, 85, 150), fill=colour)
    draw.rounded_rectangle(at(60, 62, 150, 86), 10 * scale, fill=(40, 40, 44))
    draw.line(at(200, 12, 250, 22), (40, 40, 44), thick)


def _lamp(canvas: Image.Image, place: Random, mended: bool) -> None:
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, WIDE, HIGH), fill=(20, 26, 44))
    for house in range(4):
        left, top = house * 260 - place.randint(0, 60), place.randint(150, 290)
        draw.rectangle((left, top, left + 220, 540), fill=(34, 40, 58))
        for column in range(4):
            for row in range(top + 20, 500, 54):
                lit = place.random() < 0.3
                window = (left + 20 + column * 50, row, left + 48 + column * 50, row + 30)
                draw.rectangle(window, fill=(214, 178, 92) if lit else (24, 30, 46))
    draw.rectangle((0, 540, WIDE, HIGH), fill=(38, 40, 46))
    draw.polygon(((360, 540), (560, 540), (840, HIGH), (120, HIGH)), fill=(52, 54, 60))
    post = 300 + place.randint(-30, 30)
    head = (post + 96, 168, post + 176, 190)
    if mended:
        light = Image.new("L", canvas.size)
        beam = ImageDraw.Draw(light)
        middle = (head[0] + head[2]) / 2
        foot = (middle + 330, HIGH), (middle - 330, HIGH)
        beam.polygon(((head[0], 186), (head[2], 186), *foot), 120)
        beam.ellipse((middle - 90, 110, middle + 90, 260), fill=230)
        canvas.paste((255, 226, 150), mask=light.filter(ImageFilter.GaussianBlur(22)))
    draw.line(((post, 640), (post, 170), (post + 110, 160)), (120, 124, 130), 14, joint="curve")
    draw.rounded_rectangle(head, 8, fill=(255, 246, 210) if mended else (66, 70, 78))
    draw.rectangle((post - 34, 330, post + 34, 366), fill=(236, 236, 230))
    font = ImageFont.load_default(20)
    number = f"LD-{place.randint(1, 60):03}"
    draw.text((post, 348), number, font=font, fill=(20, 20, 20), anchor="mm")


def _darker(colour: Colour) -> Colour:
    red, green, blue = (each * 7 // 8 for each in colour)
    return red, green, blue


SCENES = (
    Scene(("XF-01",), _lane),
    Scene(("DC-01", "DC-02", "DC-04"), _stairs),
    Scene(("ZM-01", "ZM-02"), _lamp),
)
