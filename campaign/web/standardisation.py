"""Estates on their way to the standard."""

from django.urls import path

from campaign.web.tabs import STANDARDISATION, page_of

urlpatterns = [
    path("", page_of(STANDARDISATION, "standardisation"), name="campaign-standardisation")
]
