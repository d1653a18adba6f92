"""The ledgers that the notice names: all of them, and one."""

from django.urls import path

from campaign.web.tabs import LEDGERS, page_of

_page = page_of(LEDGERS, "ledgers")

urlpatterns = [
    path("", _page, name="campaign-ledgers"),
    path("<slug:slug>/", _page, name="campaign-ledger"),
]
