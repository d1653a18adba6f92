"""The office itself: one row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Office(models.Model):
    """One row, so that a database says by itself whether its content is for demonstration."""

    name = models.CharField(_("name"), max_length=100, default="青阳街道")
    demonstration = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("office")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_office"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_demonstration(cls) -> bool:
        return cls.objects.filter(demonstration=True).exists()

    @classmethod
    def current_name(cls) -> str:
        """The office's name; before anybody entered one, the name of the first office."""
        office = cls.objects.first() or cls()
        return office.name
