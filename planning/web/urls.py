"""The planners' page."""

from django.urls import path

from planning.web import views

urlpatterns = [path("plan/", views.plan, name="plan")]
