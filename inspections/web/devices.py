"""The tablets: when each last reported, what waits on it, and taking a lost one out of use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from geo.scope import EVERYTHING
from inspections import reports
from inspections.reports import Numbers
from people import devices as services
from people import policy
from people.errors import Refused
from people.models import Device, PositionDatum, Role, User
from people.shell import shell

CLOCK_MAY_BE_OFF_S = 120
MOST_GAPS = 8
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Told:
    """A tablet as its page tells it."""

    device: Device
    contact: str
    old: bool
    clock: str
    clock_is_off: bool
    datum: str
    entries: list[str]
    gaps: bool


@login_required
def all_of_them(request: HttpRequest) -> HttpResponse:
    rows = list(_visible(request).select_related("person", "revoked_by"))
    held = reports.numbers_held([row.pk for row in rows])
    newest, now = shell().version, timezone.now()
    context = {
        "devices": [_told(row, held.get(row.pk, []), newest, now) for row in rows],
        "keeps": policy.may_keep_register(request.user),  # type: ignore[arg-type]
    }
    return render(request, "inspections/devices.html", context)


@login_required
@require_POST
def name(request: HttpRequest, id: UUID) -> HttpResponse:
    told = request.POST.get("name", "")[:60].replace("\0", "")
    return _done(request, services.name_device, id, _("Saved."), name=told)


@login_required
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """Says what it means, then does it."""
    if not policy.may_keep_register(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    if request.method == "POST":
        return _done(request, services.revoke_device, id, _("Out of use from now on."))
    return render(request, "inspections/device_revoke.html", {"device": _one(request, id)})


@login_required
@require_POST
def restore(request: HttpRequest, id: UUID) -> HttpResponse:
    return _done(request, services.restore_device, id, _("In use again."))


def _visible(request: HttpRequest) -> Any:
    user = request.user
    if not isinstance(user, User) or not policy.may_see_devices(user):
        raise PermissionDenied
    keeps = policy.may_keep_register(user)
    scope = EVERYTHING if keeps else user.scope_as(Role.SUPERVISOR)
    return Device.objects.visible_in(scope)


def _one(request: HttpRequest, id: UUID) -> Device:
    found: Device | None = _visible(request).filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, service: Any, id: UUID, said: str, **told: str) -> HttpResponse:
    if not policy.may_keep_register(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    try:
        device = service(device=_one(request, id), by=request.user, **told)
    except Refused as e:
        messages.error(request, str(e))
    else:
        messages.success(request, f"{device}: {said}")
    return redirect("devices")


def _told(row: Device, held: list[Numbers], newest: str, now: datetime) -> Told:
    offset = row.clock_offset_s
    off = offset is not None and abs(offset) > CLOCK_MAY_BE_OFF_S
    return Told(
        device=row,
        contact=ago(row.last_contact_at, now),
        old=row.app_version != newest,
        clock=_clock(offset) if off and offset is not None else "",
        clock_is_off=off,
        datum=str(PositionDatum(row.position_datum).label),
        entries=[_entries(each, several=len(held) > 1) for each in held],
        gaps=any(each.missing for each in held),
    )


def ago(moment: datetime, now: datetime) -> str:
    """As people say it, in the office's days."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        said = ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes)
        return said % {"n": minutes}
    local = timezone.localtime(moment)
    days = (timezone.localtime(now).date() - local.date()).days
    if days == 0:
        return _("today %(time)s") % {"time": local.strftime("%H:%M")}
    if days == 1:
        return _("yesterday %(time)s") % {"time": local.strftime("%H:%M")}
    if days < 60:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    return formats.date_format(local, "Y-m-d")


def _clock(offset_s: float) -> str:
    """The offset is the server's less the tablet's: where it is positive, the tablet is behind."""
    seconds = abs(offset_s)
    if seconds >= _DAY_S:
        days = round(seconds / _DAY_S)
        how_much = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    else:
        minutes = round(seconds / 60)
        how_much = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    said = _("%(how_much)s slow") if offset_s > 0 else _("%(how_much)s fast")
    return said % {"how_much": how_much}


def _entries(held: Numbers, *, several: bool) -> str:
    told = _("1–%(last)s held") % {"last": held.last}
    if held.missing:
        gaps = [str(a) if a == b else f"{a}–{b}" for a, b in held.missing[:MOST_GAPS]]
        more = len(held.missing) - len(gaps)
        listed = ", ".join(gaps) + (f" +{more}" if more else "")
        told = _("1–%(last)s held, missing %(gaps)s") % {"last": held.last, "gaps": listed}
    return f"{held.person}: {told}" if several else told
