"""The leaders' page."""

from django.urls import path

from campaign.web import views

urlpatterns = [path("overview/", views.overview, name="overview")]
