"""Addresses of the inspectors' page, and of those who give them their rounds."""

from django.urls import path

from inspections.web import desk, views

urlpatterns = [
    path("rounds/", desk.rounds, name="rounds"),
    path("field/", views.field, name="field"),
    path("field/sw.js", views.service_worker, name="service-worker"),
    path("field/workers/<slug:name>.js", views.worker_of_page, name="worker-of-page"),
    path("field/manifest.webmanifest", views.manifest, name="manifest"),
]
