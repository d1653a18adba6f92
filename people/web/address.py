"""From where a request was sent."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the tablet or desk: the last one named, by the proxy nearest to us.

    What stands before it in the header was written by the sender and is believed by nobody.
    """
    named = request.META.get(settings.CLIENT_ADDRESS, "").rpartition(",")[2].strip()
    try:
        return str(ip_address(named))
    except ValueError:
        return request.META.get("REMOTE_ADDR") or None
