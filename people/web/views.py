"""Pages about oneself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, *args: Any
) -> HttpResponse:
    return render(request, "people/locked_out.html", status=429)


def csrf_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "people/csrf_stale.html", status=403)
