"""The map as one HTML file, made with folium, that asks nobody for anything.

folium makes the map, its layers and their control. What it would put into the head, addresses of
others, is left out: Leaflet stands in the file. What people wrote never goes through folium, whose
elements are read as templates once more after they were filled; it stands beside them as JSON.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template
from jinja2 import Environment, StrictUndefined

from inspections.overview.taken import leaflet

_EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}
_HERE = Path(__file__).parent
# What would end the script that it stands in, or be read as something else there.
_ESCAPED = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the file's own words, beside its `data`.

    `layers` by their names in map.js, from below to above, with what the control calls them.
    `words` are those of the template, `data` is JSON as map.js reads it. `photos` are JPEGs, in
    the order by which `data` numbers them.
    """

    lang: str
    title: str
    total: str
    unit: str
    between: str
    says: str
    months: int
    marks: Sequence[str]
    stamp: Sequence[tuple[str, str]]
    notes: Sequence[str]
    words: Mapping[str, str]
    layers: Mapping[str, str]
    data: Mapping[str, Any]
    photos: Sequence[bytes]


def html(told: Told) -> bytes:
    figure = Figure()
    map_ = folium.Map(
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
    )
    figure.add_child(map_)
    layers = {
        # What would hide the estates is shown when asked for.
        name: folium.GeoJson(_EMPTY, name=label, show=name not in ("hexagons", "findings"))
        for name, label in told.layers.items()
    }
    control = folium.LayerControl(collapsed=False)
    for each in (*layers.values(), control, _Filled(layers, control)):
        map_.add_child(each)
    figure.render()
    pictures = [f"data:image/jpeg;base64,{b64encode(each).decode()}" for each in told.photos]
    made: str = _template().render(
        told=told,
        words=told.words,
        nonce=token_urlsafe(16),
        styles=leaflet.style() + (_HERE / "map.css").read_text("utf-8"),
        map=figure.html.render(),
        data=_json({**told.data, "photos": pictures}),
        leaflet=leaflet.script(),
        own=(_HERE / "map.js").read_text("utf-8"),
        scripts=figure.script.render(),
        version=leaflet.version(),
    )
    return made.encode()


class _Filled(MacroElement):
    """Hands the map and its layers to map.js, once they are there."""

    _template = Template(
        "{% macro script(this, kwargs) %}takeAway({map: {{ this._parent.get_name() }}, "
        "control: {{ this.control.get_name() }}, layers: { "
        "{% for name, layer in this.layers.items() %}{{ name }}: {{ layer.get_name() }}, "
        "{% endfor %} } });{% endmacro %}"
    )

    def __init__(self, layers: Mapping[str, folium.GeoJson], control: folium.LayerControl) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.layers, self.control = layers, control


@cache
def _template() -> Any:
    made = Environment(autoescape=True, undefined=StrictUndefined)
    return made.from_string((_HERE / "map.html").read_text("utf-8"))


def _json(told: Mapping[str, Any]) -> str:
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return plain.translate(_ESCAPED)
