"""Papers 文书: what the office issues, numbered, with what it says frozen."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Community, Estate, PropertyCompany
from inspections.models.cases import Case
from inspections.models.written import WRITTEN_ANEW, Xact
from inspections.querysets import Papers


class PaperKind(models.TextChoices):
    RECORD = "record", _("inspection record 检查记录")
    NOTICE = "notice", _("rectification notice 整改通知书")
    RECHECK = "recheck", _("re-inspection opinion 复查意见书")
    REMINDER = "reminder", _("reminder letter 工作提醒函")
    TALK = "talk", _("minutes of a talk 约谈纪要")
    BULLETIN = "bulletin", _("monthly bulletin 通报")
    OVERSIGHT = "oversight", _("monthly supervision result 督导检查结果")


# Made by themselves, in nobody's name until somebody signs them.
BY_THEMSELVES = (PaperKind.BULLETIN, PaperKind.OVERSIGHT)


class Delivery(models.TextChoices):
    IN_PERSON = "in_person", _("handed over 直接送达")
    LEFT = "left", _("left behind, with a witness 留置送达")
    POST = "post", _("by post 邮寄送达")
    ELECTRONIC = "electronic", _("electronically 电子送达")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Series(models.Model):
    """A series of numbers, as 青街改 in 青街改〔2024〕3号."""

    kind = models.CharField(_("paper"), max_length=10, choices=PaperKind.choices)
    code = models.CharField(_("code"), max_length=20, unique=True)
    # Used for new papers of its kind; an older one stays with its papers.
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(retired_at=None),
                name="one_series_in_use_per_kind_of_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class LastNumber(models.Model):
    """The last number taken of a series in a year. Locked while one is taken, in the transaction
    that writes its paper: none is lost, and none is taken twice."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year"], name="one_last_number_per_series_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.year} {self.number}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["xact"])
class Paper(models.Model):
    """One paper. `data` is all that it says, frozen as it was issued; the files are made from
    it by the worker, and made again from it they say the same."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(_("paper"), max_length=10, choices=PaperKind.choices)
    series = models.ForeignKey(
        Series, models.PROTECT, related_name="papers", verbose_name=_("series")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("community"),
        help_text=_("empty for what concerns the whole office"),
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("estate")
    )
    company = models.ForeignKey(
        PropertyCompany,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("property company"),
    )
    cases = models.ManyToManyField(Case, related_name="papers", verbose_name=_("cases"))
    data = models.JSONField(_("what it says"))
    template = models.PositiveSmallIntegerField(_("version of the template"), default=1)
    content_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("issued by"),
        help_text=_("empty for a paper that was issued by itself"),
    )
    reissues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reissued_as",
        verbose_name=_("issued in place of"),
    )
    # 作废: the number stays taken.
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("voided by"),
    )
    void_reason = models.CharField(_("why it is void"), max_length=300, blank=True)
    # Names in the store, by their SHA-256.
    pdf = models.CharField(max_length=200, blank=True, default="")
    docx = models.CharField(max_length=200, blank=True, default="")
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    rendered_at = models.DateTimeField(_("files made at"), null=True, blank=True)
    problem = models.CharField(_("why no files could be made"), max_length=300, blank=True)
    delivery = models.CharField(_("delivered"), max_length=12, choices=Delivery.choices, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("delivered by"),
    )
    receiver = models.CharField(_("signed for by"), max_length=60, blank=True)
    refusal = models.CharField(_("refused to sign, because"), max_length=300, blank=True)
    xact = Xact()

    objects = Papers.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"], name="a_number_is_taken_once"
            ),
            models.CheckConstraint(
                condition=models.Q(issued_by__isnull=False) | models.Q(kind__in=BY_THEMSELVES),
                name="nobody_issues_nothing_but_monthly_papers",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None, voided_by=None, void_reason="")
                | models.Q(voided_at__isnull=False, voided_by__isnull=False)
                & ~models.Q(void_reason=""),
                name="a_void_paper_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(delivered_at=None, delivery="")
                | models.Q(delivered_at__isnull=False) & ~models.Q(delivery=""),
                name="a_delivery_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["xact"], name="papers_written"),
            models.Index(
                fields=["issued_at"],
                condition=models.Q(rendered_at=None),
                name="papers_not_rendered",
            ),
        ]
        triggers = [
            WRITTEN_ANEW,
            pgtrigger.ReadOnly(
                name="paper_stays",
                fields=[
                    "id",
                    "kind",
                    "series",
                    "year",
                    "number",
                    "company",
                    "data",
                    "template",
                    "content_sha256",
                    "issued_at",
                    "issued_by",
                    "reissues",
                ],
            ),
            pgtrigger.Protect(name="paper_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.number}号"
