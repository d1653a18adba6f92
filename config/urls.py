"""The address map."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from config.docs import ApiDocs
from config.errors import NotThere
from config.health import healthz

handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_allowed"
handler404 = "config.errors.not_found"
handler500 = "config.errors.failed"

urlpatterns = [
    path("healthz", healthz),
    path("admin/", admin.site.urls),
    path("api/v1/", include("people.api.urls")),
    path("api/v1/", include("inspections.api.urls")),
    path("api/v1/planning/", include("planning.api.urls")),
    path("api/v1/campaign/", include("campaign.api.urls")),
    path("tiles/", include("inspections.api.tile_urls")),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("api/docs/", ApiDocs.as_view(), name="api-docs"),
    path("", include("geo.web.urls")),
    path("", include("people.web.urls")),
    path("", include("inspections.web.urls")),
    path("", include("planning.web.urls")),
    path("", include("campaign.web.urls")),
    # Last: whatever else a program asks for.
    re_path("^(?:api|tiles)/", NotThere.as_view()),
]
