"""The addresses under /api/v1/ about oneself and one's colleagues."""

from django.urls import path

from people.api.devices import OneDevice
from people.api.inspectors import Inspectors
from people.api.leaves import AllLeaves, OneLeave
from people.api.views import Me

urlpatterns = [
    path("me/", Me.as_view()),
    path("devices/<uuid:id>/", OneDevice.as_view()),
    path("inspectors/", Inspectors.as_view()),
    path("leaves/", AllLeaves.as_view()),
    path("leaves/<int:id>/", OneLeave.as_view()),
]
