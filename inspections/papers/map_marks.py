"""What stands on every map that we draw on paper: how long a metre is, and where north is. SVG, in
millimetres."""

from xml.sax.saxutils import escape

BARS_M = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LONGEST_MM = 45


def scale_bar(scale: int, height_mm: float, font: str) -> str:
    """In the lower left corner of a map of that height, one to `scale`."""
    metres = max(each for each in BARS_M if each * 1000 / scale <= _LONGEST_MM)
    length, y = metres * 1000 / scale, height_mm - 5.0
    parts = [
        f'<rect x="3" y="{y - 4.4}" width="{length + 14:.2f}" height="7.4" fill="#ffffff" '
        'fill-opacity="0.85"/>'
    ]
    for n in range(2):
        fill = "#2b2b2b" if n == 0 else "#ffffff"
        parts.append(
            f'<rect x="{5 + n * length / 2:.2f}" y="{y}" width="{length / 2:.2f}" '
            f'height="1.2" fill="{fill}" stroke="#2b2b2b" stroke-width="0.2"/>'
        )
    for x, told in (
        (5.0, "0"),
        (5 + length / 2, f"{metres / 2:g}"),
        (5 + length, f"{metres} m"),
    ):
        parts.append(
            f'<text x="{x:.2f}" y="{y - 1}" font-family="{escape(font)}" font-size="2.4" '
            f'text-anchor="middle" fill="#2b2b2b">{told}</text>'
        )
    return "".join(parts)


def north(width_mm: float, deg: float, font: str) -> str:
    """In the upper right corner of a map of that width. `deg`: the bearing of true north on the
    grid, clockwise from its own north."""
    return (
        f'<g transform="translate({width_mm - 9} 13) rotate({deg:.2f})">'
        '<circle r="7" fill="#ffffff" fill-opacity="0.85"/>'
        '<path d="M0-5L2.2 4 0 2.4Z" fill="#2b2b2b"/>'
        '<path d="M0-5L-2.2 4 0 2.4Z" fill="#ffffff" stroke="#2b2b2b" stroke-width="0.25"/>'
        f'<text y="-5.2" font-family="{escape(font)}" font-size="2.4" '
        'text-anchor="middle" fill="#2b2b2b">N</text></g>'
    )
