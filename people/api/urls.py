"""The addresses under /api/v1/ about oneself."""

from django.urls import path

from people.api.views import Me

urlpatterns = [path("me/", Me.as_view())]
