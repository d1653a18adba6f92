"""The registers of people: who works here, in what role, and by which tokens programs come in."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from geo.admin.base import Kept, KeptAdmin
from people import services
from people.errors import LeaveInvalid, Refused
from people.models import ApiToken, Leave, Membership, Role, Unit, User
from people.policy import may_keep_account

_NO_PASSWORD = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)

# Rights come from memberships; Django's groups say nothing here.
admin.site.unregister(Group)


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the database demands of a role, said beside the field that lacks it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        for owner, name, sentence in (
            (Role.COMPANY, "company", _("Choose the property company.")),
            (Role.UNIT, "unit", _("Choose the responsible unit.")),
        ):
            if role == owner and not cleaned.get(name):
                self.add_error(name, sentence)
            if role and role != owner and cleaned.get(name):
                self.add_error(name, _("This role has none."))
        if role in (Role.COMPANY, Role.CLERK) and cleaned.get("community"):
            self.add_error("community", _("This role is not for one community: leave it empty."))
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return cleaned


class MembershipInline(Kept, admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    form = MembershipForm
    extra = 0
    autocomplete_fields = ("community", "company")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Entered by mistake: what was true for a time gets a last day instead."""
        return self.has_change_permission(request, obj)


class HasRole(admin.SimpleListFilter):
    title = _("role today")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Role.choices, ("none", _("no role"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if not self.value():
            return queryset
        today = Membership.objects.in_force()
        if self.value() == "none":
            return queryset.exclude(pk__in=today.values("user"))
        return queryset.filter(pk__in=today.filter(role=self.value()).values("user"))


class SignsIn(admin.SimpleListFilter):
    title = _("account")
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("closed", _("closed")), ("waiting", _("has not set a password"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "closed":
            return queryset.filter(is_active=False)
        if self.value() == "waiting":
            return queryset.filter(_NO_PASSWORD)
        return queryset


@admin.register(User)
class PersonAdmin(KeptAdmin):
    """Nobody sees or sets another's password: the clerk hands over a link."""

    list_display = ("username", "name", "roles_today", "is_active", "last_login")
    list_filter = (HasRole, SignsIn)
    search_fields = ("username", "name", "memberships__community__name")
    ordering = ("username",)
    inlines = (MembershipInline,)
    history_with = ("memberships", "tokens")
    change_form_template = "people/admin/person.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        about = ["username", "name", "language", "is_active"]
        if request.user.is_superuser:
            about.append("is_superuser")
        state = ["must_change_password", "privacy_read_at", "last_login", "date_joined"]
        if obj is None:
            return [(None, {"fields": [name for name in about if name != "is_active"]})]
        return [(None, {"fields": about}), (_("State"), {"fields": state})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["must_change_password", "privacy_read_at", "last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        today = Membership.objects.in_force().select_related("community", "unit", "company")
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("memberships", today, to_attr="today"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or may_keep_account(request.user, obj)  # type: ignore[arg-type]

    @admin.display(description=_("roles today"))
    def roles_today(self, row: Any) -> str:
        return ", ".join(each.role_and_place for each in row.today)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
            obj.must_change_password = True
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """A new person needs a link before anything else."""
        if "_addanother" in request.POST or "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return redirect("admin:people_user_invite", obj.pk)

    def get_urls(self) -> list[URLPattern]:
        invite = self.admin_site.admin_view(never_cache(self.invite))
        return [
            path("<int:pk>/invite/", invite, name="people_user_invite"),
            *super().get_urls(),
        ]

    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks, then shows the link: once, and on no other page."""
        person = self.get_queryset(request).filter(pk=pk).first()
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Sign-in link"),
            "opts": self.opts,
            "original": person,
            "hours": services.INVITATION_HOURS,
        }
        if request.method == "POST":
            try:
                invitation = services.invite(user=person, by=request.user)  # type: ignore[arg-type]
            except Refused as e:
                messages.error(request, str(e))
                return redirect("admin:people_user_change", pk)
            context["link"] = request.build_absolute_uri(invitation.path)
            context["until"] = invitation.until
        return TemplateResponse(request, "people/admin/invite.html", context)


@admin.register(Unit)
class UnitAdmin(KeptAdmin):
    list_display = ("name",)
    search_fields = ("name",)


class Usable(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("usable", _("usable")), ("ended", _("expired or revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        usable = ApiToken.objects.usable().values("pk")
        if self.value() == "usable":
            return queryset.filter(pk__in=usable)
        if self.value() == "ended":
            return queryset.exclude(pk__in=usable)
        return queryset


@admin.register(ApiToken)
class TokenAdmin(KeptAdmin):
    """Made by `manage.py create_token`, which tells a token once; here they are seen and ended."""

    list_display = ("user", "name", "created_at", "expires_at", "last_used_at", "state")
    list_filter = (Usable,)
    list_select_related = ("user",)
    search_fields = ("name", "user__username", "user__name")
    fields = ("user", "name", "created_at", "expires_at", "revoked_at", "last_used_at")
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in self.fields if name != "name"]

    @admin.display(description=_("state"))
    def state(self, row: ApiToken) -> str:
        if row.revoked_at:
            return _t("revoked")
        if row.expires_at and row.expires_at <= timezone.now():
            return _t("expired")
        return _t("usable") if row.user.is_active else _t("account closed")

    @admin.action(description=_("Revoke: it opens nothing from now on"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        ended = 0
        for token in queryset.select_related("user"):
            try:
                services.revoke_token(token=token, by=request.user)  # type: ignore[arg-type]
                ended += 1
            except Refused as e:
                messages.error(request, f"{token}: {e}")
        if ended:
            said = ngettext("%(count)s token revoked.", "%(count)s tokens revoked.", ended)
            messages.success(request, said % {"count": ended})


class LeaveForm(forms.ModelForm):  # type: ignore[type-arg]
    """By the rules of `services.check_leave`, each said beside its field."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        names = ("person", "stand_in", "since", "until")
        if all(cleaned.get(name) for name in names):
            wish = services.LeaveWish(**{name: cleaned[name] for name in names})
            try:
                services.check_leave(wish, self.by, self.instance if self.instance.pk else None)  # type: ignore[attr-defined]
            except LeaveInvalid as e:
                for name, said in e.details["fields"].items():
                    self.add_error(name, said)
        return cleaned


@admin.register(Leave)
class LeaveAdmin(KeptAdmin):
    """Entered by supervisors on the page of rounds, or here."""

    form = LeaveForm
    list_display = ("person", "stand_in", "since", "until")
    list_select_related = ("person", "stand_in")
    search_fields = ("person__username", "person__name", "stand_in__username", "stand_in__name")
    autocomplete_fields = ("person", "stand_in")

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Cancelled: the history keeps it."""
        return self.has_change_permission(request, obj)
