"""What a community or a unit enters of a month."""

from django.urls import path

from campaign.web.tabs import MONTH, page_of

urlpatterns = [path("", page_of(MONTH, "month"), name="campaign-month")]
