"""What one owes the campaign, what one was reminded of, and how one wants to be."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.views.decorators.http import require_GET, require_POST

from campaign import reminding
from campaign.models import Reminder, ReminderRule, ReminderWish
from campaign.services.reminders import mark_seen, wish_for
from campaign.web.tabs import REMINDERS, opener, room
from people.models import User

# Older ones stay in the registers.
MOST_SHOWN = 100


class WishForm(forms.Form):
    mail = forms.BooleanField(label=_t("Send letters to me by e-mail"), required=False)
    address = forms.EmailField(
        label=_t("E-mail address"),
        required=False,
        help_text=_t("Only for these letters. Without one, nothing is sent."),
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )


@login_required
@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    user = opener(request, REMINDERS)
    return _page(request, user, _wished(user))


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """All that are shown to this person."""
    n = mark_seen(user=opener(request, REMINDERS), ids=request.POST.getlist("reminder"))
    if n:
        messages.success(request, _("Marked as seen."))
    return redirect("campaign-reminders")


@login_required
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    user = opener(request, REMINDERS)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form, status=400)
    wish_for(user=user, mail=form.cleaned_data["mail"], address=form.cleaned_data["address"])
    messages.success(request, _("Kept. It counts from the next letter on."))
    return redirect("campaign-reminders")


def _wished(user: User) -> WishForm:
    row = ReminderWish.objects.filter(user=user).first()
    mail, address = (row.mail, row.address) if row else (True, user.email)
    return WishForm(initial={"mail": mail, "address": address})


def _page(request: HttpRequest, user: User, form: WishForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    due = reminding.owed_of(user, today)
    reminding.settle(user=user, owed=due, now=now)
    english = not (get_language() or "").startswith("zh")
    owed = [
        {
            "says": each.en if english else each.zh,
            "path": each.path,
            "due_on": each.due_on,
            "late": (today - each.due_on).days if each.due_on < today else 0,
            "today": each.due_on == today,
        }
        for each in due
    ]
    rows = Reminder.objects.visible_to(user).select_related("letter__to", "person")
    told = [
        _told(each, user, english)
        for each in rows.order_by("-letter__day", "due_on", "key")[:MOST_SHOWN]
    ]
    return room(
        request,
        REMINDERS,
        "reminders",
        status=status,
        owed=owed,
        told=told,
        unseen=[each["id"] for each in told if each["new"]],
        form=form,
        rule=ReminderRule.current(),
        mail=bool(settings.EMAIL_HOST),
    )


def _told(row: Reminder, user: User, english: bool) -> dict[str, Any]:
    return {
        "id": row.pk,
        "says": row.en if english else row.zh,
        "path": row.path,
        "day": row.letter.day,
        "due_on": row.due_on,
        "for": row.person if row.person_id != user.pk else None,
        "to": row.letter.to if row.letter.to_id != user.pk else None,
        "mail": row.letter.get_mail_display() if row.letter.address else "",
        "problem": row.letter.problem,
        "new": row.seen_at is None and row.settled_at is None,
        "settled": row.settled_at,
    }


urlpatterns = [
    path("", reminders, name="campaign-reminders"),
    path("seen/", seen, name="campaign-reminders-seen"),
    path("wish/", wish, name="campaign-reminders-wish"),
]
