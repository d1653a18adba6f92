"""The address map."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("admin/", admin.site.urls),
    path("", include("people.web.urls")),
    path("", include("planning.web.urls")),
    path("", include("campaign.web.urls")),
]
