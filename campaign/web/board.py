"""The board."""

from django.urls import path

from campaign.web.tabs import BOARD, page_of

urlpatterns = [path("", page_of(BOARD, "board"), name="campaign-board-page")]
