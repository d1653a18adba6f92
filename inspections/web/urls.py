"""Addresses of the inspector's page."""

from django.urls import path

from inspections.web import views

urlpatterns = [
    path("field/", views.field, name="field"),
]
