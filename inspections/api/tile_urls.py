"""The addresses under /tiles/."""

from django.urls import path

from inspections.api.tiles import TileJSON, TileOfLayer

urlpatterns = [
    path("<slug:layer>.json", TileJSON.as_view()),
    path("<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", TileOfLayer.as_view()),
]
