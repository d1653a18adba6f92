"""Estates on their way to the standard: the list, and one estate's score card."""

from django.urls import path

from campaign.web.tabs import STANDARDISATION, page_of

_list = page_of(STANDARDISATION, "standardisation")
_card = page_of(STANDARDISATION, "score_card")

urlpatterns = [
    path("", _list, name="campaign-standardisation"),
    path("<uuid:enrolment>/", _card, name="campaign-standardisation-card"),
]
