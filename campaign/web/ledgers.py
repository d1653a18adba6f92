"""The ledgers that the notice names."""

from django.urls import path

from campaign.web.tabs import LEDGERS, page_of

urlpatterns = [path("", page_of(LEDGERS, "ledgers"), name="campaign-ledgers")]
