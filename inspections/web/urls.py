"""Addresses of the inspectors' page, and of the desks around them."""

from django.urls import path

from inspections.web import desk, devices, photos, views

urlpatterns = [
    path("devices/", devices.all_of_them, name="devices"),
    path("devices/<uuid:id>/name/", devices.name, name="device-name"),
    path("devices/<uuid:id>/revoke/", devices.revoke, name="device-revoke"),
    path("devices/<uuid:id>/restore/", devices.restore, name="device-restore"),
    path("cases/", desk.cases, name="cases"),
    path("cases/new/", desk.case_new, name="case-new"),
    path("papers/", desk.papers, name="papers"),
    path("company/", desk.company, name="company"),
    path("photos/<uuid:id>/mask/", photos.mask, name="mask"),
    path("rounds/", desk.rounds, name="rounds"),
    path("field/", views.field, name="field"),
    path("field/sw.js", views.service_worker, name="service-worker"),
    path("field/workers/<slug:name>.js", views.worker_of_page, name="worker-of-page"),
    path("field/manifest.webmanifest", views.manifest, name="manifest"),
]
