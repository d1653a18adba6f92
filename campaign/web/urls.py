"""The leaders' page, and the campaign's with its tabs."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path

from campaign.web import views
from inspections.api.overview import taken

urlpatterns = [
    path("overview/", views.overview, name="overview"),
    path("overview/map.html", login_required(taken.MapFile.as_view()), name="overview-map-file"),
    path("overview/page.pdf", login_required(taken.Page.as_view()), name="overview-page"),
    path("campaign/", include("campaign.web.board")),
    path("campaign/standardisation/", include("campaign.web.standardisation")),
    path("campaign/month/", include("campaign.web.month")),
    path("campaign/ledgers/", include("campaign.web.ledgers")),
    path("campaign/reminders/", include("campaign.web.reminders")),
]
