"""The addresses under /api/v1/overview/."""

from django.urls import path

from inspections.api.overview import figures, frames, version

urlpatterns = [
    path("figures/", figures.Figures.as_view()),
    path("frames/", frames.Frames.as_view()),
    path("version/", version.Version.as_view()),
]
