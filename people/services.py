"""Every write about people: one transaction each, and the history tells by whom."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pghistory
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from geo.models import Community, PropertyCompany
from people import policy
from people.errors import AccountClosed, LeaveInvalid, NotYourAccount, NotYoursToExcuse
from people.models import ApiToken, Leave, Membership, Role, User

INVITATION_HOURS = settings.PASSWORD_RESET_TIMEOUT // 3600


class InvitationTokens(PasswordResetTokenGenerator):
    """Good until the password or the last sign-in changes, or PASSWORD_RESET_TIMEOUT is over."""

    key_salt = "people.invitation"


invitation_tokens = InvitationTokens()


@dataclass(frozen=True, slots=True)
class Invitation:
    """`path` is the address, without the host, at which the person sets a password, once."""

    user: User
    path: str
    until: datetime


@transaction.atomic
def invite(*, user: User, by: User) -> Invitation:
    """A link for a first password, or for a new one in place of a forgotten one.

    The old password, older links and open sessions end at once.
    """
    if not policy.may_keep_account(by, user):
        raise NotYourAccount
    if not user.is_active:
        raise AccountClosed
    with pghistory.context(user=by.pk, act="invite"):
        user.set_unusable_password()
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("invitation", args=[uid, invitation_tokens.make_token(user)])
    until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return Invitation(user, path, until)


@transaction.atomic
def confirm_notice(*, user: User) -> User:
    """Keep that this person has read the privacy notice, and when."""
    user.privacy_read_at = timezone.now()
    user.save(update_fields=["privacy_read_at"])
    return user


@transaction.atomic
def choose_language(*, user: User, language: str) -> User:
    user.language = language
    user.save(update_fields=["language"])
    return user


@transaction.atomic
def create_token(*, user: User, name: str, days: int) -> tuple[ApiToken, str]:
    """A way in for a program, and the token itself, which is told now and never again."""
    if not user.is_active:
        raise AccountClosed
    token = f"xuntu_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        user=user,
        name=name,
        digest=ApiToken.digest_of(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return row, token


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> ApiToken:
    """From now on the token opens nothing. Twice is as good as once."""
    if not policy.may_keep_account(by, token.user):
        raise NotYourAccount
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        with pghistory.context(user=by.pk, act="revoke"):
            token.save(update_fields=["revoked_at"])
    return token


@transaction.atomic
def forget_sign_ins() -> int:
    """Delete what is kept of sign-ins older than the privacy notice says; answers how many rows."""
    before = timezone.now() - timedelta(days=settings.SIGN_INS_KEPT_DAYS)
    rows = (
        AccessLog.objects.filter(attempt_time__lt=before),
        AccessAttempt.objects.filter(attempt_time__lt=before),
    )
    return sum(each.delete()[0] for each in rows)


def follow_community(kept: Community, twin: Community) -> Mapping[type[Model], int]:
    """People of a community that was merged into another are people of that one."""
    return _follow("community", kept, twin)


def follow_company(kept: PropertyCompany, twin: PropertyCompany) -> Mapping[type[Model], int]:
    """People of a company that was merged into another are people of that one."""
    return _follow("company", kept, twin)


def _follow(field: str, kept: Model, twin: Model) -> Mapping[type[Model], int]:
    """Where a person already has the same role at the kept one from the same day, the later end
    of the two counts, and one membership is left."""
    moved = 0
    for old in Membership.objects.select_for_update().filter(**{field: twin}):
        same = Membership.objects.filter(
            user=old.user_id,
            role=old.role,
            unit=old.unit_id,
            since=old.since,
            **{field: kept},
        ).first()
        if same is None:
            setattr(old, field, kept)
            old.save(update_fields=[field])
        else:
            if same.until is not None and (old.until is None or old.until > same.until):
                same.until = old.until
                same.save(update_fields=["until"])
            old.delete()
        moved += 1
    return {Membership: moved}


@dataclass(frozen=True, slots=True)
class LeaveWish:
    """Both days included."""

    person: User
    stand_in: User
    since: date
    until: date


@transaction.atomic
def give_leave(*, wish: LeaveWish, by: User) -> Leave:
    """On these days the stand-in has the person's rounds."""
    check_leave(wish, by, changed=None)
    return Leave.objects.create(
        person=wish.person, stand_in=wish.stand_in, since=wish.since, until=wish.until
    )


@transaction.atomic
def change_leave(*, leave: Leave, wish: LeaveWish, by: User) -> Leave:
    _may_excuse(by, leave.person, leave.since, leave.until)
    check_leave(wish, by, changed=leave)
    leave.person, leave.stand_in = wish.person, wish.stand_in
    leave.since, leave.until = wish.since, wish.until
    leave.save(update_fields=["person", "stand_in", "since", "until"])
    return leave


@transaction.atomic
def cancel_leave(*, leave: Leave, by: User) -> None:
    """The history keeps it."""
    _may_excuse(by, leave.person, leave.since, leave.until)
    leave.delete()


def _may_excuse(by: User, person: User, since: date, until: date) -> None:
    if not policy.may_give_leave(by, person.communities_as(Role.INSPECTOR, since, until)):
        raise NotYoursToExcuse


def check_leave(wish: LeaveWish, by: User, changed: Leave | None) -> None:
    """Raises LeaveInvalid naming every wrong field, or NotYoursToExcuse. Within a transaction."""
    wrong: dict[str, str] = {}
    if wish.until < wish.since:
        raise LeaveInvalid(fields={"until": _("The last day is before the first.")})
    walked = wish.person.communities_as(Role.INSPECTOR, wish.since, wish.until)
    if not walked:
        wrong["person"] = _("%(name)s is not an inspector on these days.") % {"name": wish.person}
    if wish.person.pk == wish.stand_in.pk:
        wrong["stand_in"] = _("Nobody stands in for themselves.")
    elif missing := _not_walked(wish, walked):
        wrong["stand_in"] = _(
            "%(name)s is not an inspector on all of these days in: %(where)s."
        ) % {
            "name": wish.stand_in,
            "where": ", ".join(missing),
        }
    if not wrong:
        _may_excuse(by, wish.person, wish.since, wish.until)
        # Two leaves of one person, or of one and their stand-in, come one after the other.
        people = sorted([wish.person.pk, wish.stand_in.pk])
        list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
        wrong = _at_odds(wish, changed)
    if wrong:
        raise LeaveInvalid(fields=wrong)


def _not_walked(wish: LeaveWish, walked: frozenset[int | None]) -> list[str]:
    """Names of the communities where the stand-in lacks the role."""
    lacking = [
        each
        for each in walked
        if not wish.stand_in.holds(Role.INSPECTOR, each, wish.since, wish.until)
    ]
    named = [str(each) for each in Community.objects.filter(pk__in=[c for c in lacking if c])]
    return [*named, *([_("the whole office")] if None in lacking else [])]


def _at_odds(wish: LeaveWish, changed: Leave | None) -> dict[str, str]:
    """A stand-in who is away, or one away who stands in, would leave rounds to nobody."""
    others = Leave.objects.in_days(wish.since, wish.until).select_related("person", "stand_in")
    wrong: dict[str, str] = {}
    for other in others.exclude(pk=changed.pk) if changed else others:
        told = {"who": other.person, "since": other.since, "until": other.until}
        if other.person_id == wish.person.pk:
            wrong["since"] = _("%(who)s is on leave from %(since)s to %(until)s already.") % told
        elif other.person_id == wish.stand_in.pk:
            wrong["stand_in"] = _("%(who)s is on leave from %(since)s to %(until)s.") % told
        elif other.stand_in_id == wish.person.pk:
            wrong["person"] = (
                _("They stand in for %(who)s from %(since)s to %(until)s: change that first.")
                % told
            )
    return wrong
