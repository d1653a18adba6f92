"""Addresses of places as files."""

from django.urls import path

from geo.web import views

urlpatterns = [
    path("places/<slug:slug>.<slug:format>", views.download, name="places-download"),
]
