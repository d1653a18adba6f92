"""The addresses under /api/v1/planning/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
