"""The inspector's page, and what makes an app of it that opens with no network."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import etag
from django.views.decorators.vary import vary_on_headers

from people.models import User
from people.policy import may_record_somewhere
from people.shell import PAGE, WORKERS, shell, worker_text


@login_required
@ensure_csrf_cookie
@cache_control(no_cache=True)
def field(request: HttpRequest) -> HttpResponse:
    """The same for everyone who may open it: who they are, the page asks the API.

    A tablet keeps this page for the days without a network, and hands it to whoever signs in.
    """
    if not isinstance(request.user, User) or not may_record_somewhere(request.user):
        raise PermissionDenied
    return HttpResponse(shell().page)


def _version(request: HttpRequest) -> str:
    return f'"{shell().version}"'


# No sign-in asked from here on: a browser looks for a new version also when nobody is signed in,
# and asks for the manifest in its own name.


@cache_control(no_cache=True)
@etag(_version)
def service_worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(shell().worker, content_type="text/javascript; charset=utf-8")


@cache_control(no_cache=True)
def worker_of_page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in WORKERS:
        raise Http404
    return HttpResponse(worker_text(name), content_type="text/javascript; charset=utf-8")


@cache_control(no_cache=True)
@vary_on_headers("Accept-Language", "Cookie")
def manifest(request: HttpRequest) -> HttpResponse:
    """What a tablet shows on its home screen, in the language of whoever installs it."""
    icons = [
        ("icon.svg", "any", "image/svg+xml", "any"),
        ("icon-192.png", "192x192", "image/png", "any"),
        ("icon-512.png", "512x512", "image/png", "any"),
        ("maskable-512.png", "512x512", "image/png", "maskable"),
    ]
    content = {
        "id": PAGE,
        "start_url": PAGE,
        # Signing in happens in the same window.
        "scope": "/",
        "name": gettext("Xuntu field inspection"),
        "short_name": gettext("Xuntu"),
        "description": gettext("Inspections of fire lanes, charging, lighting and environment."),
        "lang": "en" if get_language() == "en" else "zh-Hans",
        "dir": "ltr",
        "display": "standalone",
        "background_color": "#f3f5f4",
        "theme_color": "#0b6b61",
        "icons": [
            {"src": static(f"icons/{name}"), "sizes": sizes, "type": type_, "purpose": purpose}
            for name, sizes, type_, purpose in icons
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")
