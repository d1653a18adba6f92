"""What Django itself answers: under /api/ and /tiles/ in the one shape, elsewhere as a page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api.errors import body

PROGRAMS = ("/api/", "/tiles/")


class NotThere(APIView):
    """Any address for programs that is no other."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in {"GET", "HEAD"} and not request.path.endswith("/"):
            try:
                known = resolve(f"{request.path}/").func
            except Resolver404:
                known = None
            if known and getattr(known, "cls", None) is not NotThere:
                return HttpResponseRedirect(request.get_full_path(force_append_slash=True))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(PROGRAMS):
        return JsonResponse(body("bad_request", _("This can't be read.")), status=400)
    return defaults.bad_request(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(PROGRAMS):
        return JsonResponse(body("not_allowed", _("You may not do this.")), status=403)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(PROGRAMS):
        return JsonResponse(body("not_found", _("Not found.")), status=404)
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(PROGRAMS):
        said = _("Something went wrong here. It was noted; please try again later.")
        return JsonResponse(body("failed", said), status=500)
    return defaults.server_error(request)
