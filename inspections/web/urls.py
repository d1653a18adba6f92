"""Addresses of the inspector's page."""

from django.urls import path

from inspections.web import views

urlpatterns = [
    path("field/", views.field, name="field"),
    path("field/sw.js", views.service_worker, name="service-worker"),
    path("field/workers/<slug:name>.js", views.worker_of_page, name="worker-of-page"),
    path("field/manifest.webmanifest", views.manifest, name="manifest"),
]
