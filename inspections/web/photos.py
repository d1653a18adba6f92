"""The page on which boxes are drawn over a photo."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from inspections import policy
from inspections.models import Photo
from people.models import User


@login_required
@ensure_csrf_cookie
def mask(request: HttpRequest, id: UUID) -> HttpResponse:
    """A shell: the photo, and what was drawn before, it asks the API for."""
    user = request.user
    photo = Photo.objects.visible_to(user).filter(pk=id).first()
    if photo is None or not isinstance(user, User):
        raise Http404
    if not policy.may_mask(user, photo.community_id):
        raise PermissionDenied
    return render(request, "inspections/mask.html", {"photo": photo})
