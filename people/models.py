"""Who works with Xuntu, in what role, where, and from when to when."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Community, PropertyCompany
from geo.scope import EVERYTHING, Scope
from people.querysets import Devices, Leaves, Memberships, Tokens


class Role(models.TextChoices):
    INSPECTOR = "inspector", _("inspector")
    SUPERVISOR = "supervisor", _("supervisor")
    PLANNER = "planner", _("planner")
    LEADER = "leader", _("leader")
    CLERK = "clerk", _("clerk")
    UNIT = "unit", _("responsible unit")
    OFFICER = "officer", _("community officer")
    COMPANY = "company", _("property company")


@pghistory.track()
class Unit(models.Model):
    """A responsible unit 责任单位: a department that findings are sent to."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("responsible unit")
        verbose_name_plural = _("responsible units")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """A person who signs in."""

    name = models.CharField(_("full name"), max_length=60, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=[("zh-hans", "简体中文"), ("en", "English")],
    )
    must_change_password = models.BooleanField(_("must set a password first"), default=False)
    privacy_read_at = models.DateTimeField(_("privacy notice read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def scope(self) -> Scope:
        """Whose rows this person may see today."""
        return self.scope_on(timezone.localdate())

    def scope_on(self, day: date) -> Scope:
        """Whose rows this person might see on that day: a record is judged by its own day."""
        if self.is_superuser:
            return EVERYTHING
        return scope_of(self._held_on(day))

    def roles_in(self, community_id: int | None, at: datetime | None = None) -> frozenset[Role]:
        """Roles held for that community (None: for the whole office only) on that moment's day."""
        day = timezone.localdate(at) if at else timezone.localdate()
        return frozenset(
            Role(membership.role)
            for membership in self._held_on(day)
            if membership.community_id in {None, community_id} and membership.role != Role.COMPANY
        )

    def held(self, at: datetime | None = None) -> tuple["Membership", ...]:
        """What this person is, and where, on that moment's day."""
        return tuple(self._held_on(timezone.localdate(at) if at else timezone.localdate()))

    def scope_as(self, role: Role) -> Scope:
        """Where this person has that role today."""
        if self.is_superuser:
            return EVERYTHING
        return scope_of(each for each in self._held_on(timezone.localdate()) if each.role == role)

    def holds(self, role: Role, community_id: int | None, since: date, until: date) -> bool:
        """On every one of these days, for that community."""
        held = [
            each
            for each in self._every_membership
            if each.role == role and each.community_id in {None, community_id}
        ]
        day = since
        for each in sorted(held, key=lambda each: each.since):
            if each.since <= day and (each.until is None or each.until >= until):
                return True
            if each.since <= day and each.until is not None:
                day = max(day, each.until + timedelta(days=1))
        return False

    def communities_as(self, role: Role, since: date, until: date) -> frozenset[int | None]:
        """For which communities (None: the whole office) on any of these days."""
        return frozenset(
            each.community_id
            for each in self._every_membership
            if each.role == role
            and each.since <= until
            and (each.until is None or each.until >= since)
        )

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Every role held today, wherever."""
        return frozenset(Role(each.role) for each in self._held_on(timezone.localdate()))

    @cached_property
    def _every_membership(self) -> tuple["Membership", ...]:
        # Read once: a record is judged by its own day and by today.
        return tuple(self.memberships.all())

    def _held_on(self, day: date) -> list["Membership"]:
        return [each for each in self._every_membership if each.in_force_on(day)]


def scope_of(memberships: Iterable["Membership"]) -> Scope:
    communities: set[int] = set()
    companies: set[int] = set()
    for membership in memberships:
        if membership.company_id is not None:
            companies.add(membership.company_id)
        elif membership.community_id is not None:
            communities.add(membership.community_id)
        else:
            return EVERYTHING
    return Scope(communities=frozenset(communities), companies=frozenset(companies))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """A person's role for a community (or the whole office, or one company), with its dates."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("community"),
        help_text=_("empty: the whole office"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("responsible unit"),
    )
    company = models.ForeignKey(
        PropertyCompany,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("property company"),
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("the last day"))

    objects = Memberships.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(role="company", company__isnull=False, community=None)
                    | models.Q(~models.Q(role="company"), company=None)
                ),
                name="company_people_belong_to_a_company",
            ),
            models.CheckConstraint(
                condition=models.Q(role="unit", unit__isnull=False)
                | models.Q(~models.Q(role="unit"), unit=None),
                name="unit_people_belong_to_a_unit",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "community", "unit", "company", "since"],
                name="one_membership_of_a_kind_a_day",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role_and_place}"

    @property
    def role_and_place(self) -> str:
        where = self.company or self.unit or self.community or _("the whole office")
        return f"{self.get_role_display()} · {where}"

    def in_force_on(self, day: date) -> bool:
        """Both ends included, as `Memberships.in_force` has it."""
        return self.since <= day and (self.until is None or day <= self.until)


@pghistory.track(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """A way in for programs. Only the hash is kept; the token itself is told once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("person"))
    name = models.CharField(_("what for"), max_length=60, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, editable=False)

    objects = Tokens.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.user} · {self.name}"

    @staticmethod
    def digest_of(token: str) -> str:
        """The token has 256 random bits, so a plain hash can't be searched backwards."""
        return hashlib.sha256(token.encode()).hexdigest()


class PositionDatum(models.TextChoices):
    """What a device's browser hands out as WGS-84."""

    UNCHECKED = "unchecked", _("not checked")
    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", _("GCJ-02, shifted back by the tablet")


@pghistory.track(fields=["name", "revoked_at", "revoked_by", "wiped_at"])
class Device(models.Model):
    """A tablet, by the id it gave itself, and what it last told of itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60, blank=True)
    person = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="devices",
        verbose_name=_("last used by"),
    )
    first_seen_at = models.DateTimeField(_("first seen at"), default=timezone.now)
    last_contact_at = models.DateTimeField(_("last contact at"), default=timezone.now)
    app_version = models.CharField(_("app version"), max_length=40, blank=True)
    user_agent = models.CharField(_("browser"), max_length=300, blank=True)
    # As the device told; what it holds only it can know.
    unsent = models.PositiveIntegerField(_("not yet sent"), default=0)
    unsent_bytes = models.PositiveBigIntegerField(_("bytes not yet sent"), default=0)
    storage_used = models.PositiveBigIntegerField(_("storage used (bytes)"), null=True, blank=True)
    storage_quota = models.PositiveBigIntegerField(
        _("storage allowed (bytes)"), null=True, blank=True
    )
    persisted = models.BooleanField(_("storage is kept by the browser"), null=True, blank=True)
    # The server's clock less the device's, at the last contact.
    clock_offset_s = models.FloatField(_("clock offset (s)"), null=True, blank=True)
    position_datum = models.CharField(
        _("positions are in"),
        max_length=10,
        choices=PositionDatum.choices,
        default=PositionDatum.UNCHECKED,
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    wiped_at = models.DateTimeField(_("wiped at"), null=True, blank=True)

    objects = Devices.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["-last_contact_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wiped_at=None) | models.Q(revoked_at__isnull=False),
                name="only_a_revoked_device_is_wiped",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.id)[:8]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Leave(models.Model):
    """Days on which another inspector stands in for a person; both ends included."""

    person = models.ForeignKey(
        User, models.CASCADE, related_name="leaves", verbose_name=_("on leave")
    )
    stand_in = models.ForeignKey(
        User, models.PROTECT, related_name="stands_in", verbose_name=_("stand-in")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))

    objects = Leaves.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="a_leave_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("stand_in")),
                name="nobody_stands_in_for_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.stand_in}"
