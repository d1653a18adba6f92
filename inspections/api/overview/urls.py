"""The addresses under /api/v1/overview/."""

from django.urls import path

from inspections.api.overview import board, figures, frames, heat, hotspots, rows, table, version

urlpatterns = [
    path("board/", board.Board.as_view()),
    path("due/", board.Due.as_view()),
    path("figures/", figures.Figures.as_view()),
    path("frames/", frames.Frames.as_view()),
    path("heat/", heat.Heat.as_view()),
    path("hexagons/", heat.Hexagons.as_view()),
    path("hotspots/", hotspots.HotSpots.as_view()),
    path("rows/", rows.Rows.as_view()),
    path("table.csv", table.Text.as_view()),
    path("table.xlsx", table.Workbook.as_view()),
    path("version/", version.Version.as_view()),
]
