"""Estates on their way to the standard: the list, and one estate's score card."""

from django.urls import path

from campaign.web.tabs import STANDARDISATION, page_of

_page = page_of(STANDARDISATION, "standardisation")

urlpatterns = [
    path("", _page, name="campaign-standardisation"),
    path("<uuid:enrolment>/", _page, name="campaign-standardisation-card"),
]
