"""Places from files and to files: what may be read, what is refused, and why."""

from geo.files.described import Layer
from geo.files.export import FORMATS, dump
from geo.files.layers import LAYERS, layer
from geo.files.load import Wishes, load_places
from geo.files.write import Loaded

__all__ = ["FORMATS", "LAYERS", "Layer", "Loaded", "Wishes", "dump", "layer", "load_places"]
