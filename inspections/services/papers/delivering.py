"""送达: how a paper came to whom it is for, who signed for it, or why nobody did."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections import policy
from inspections.errors import NotYoursToDeliver, PaperInvalid, PaperIsVoid
from inspections.models import Delivery, Paper
from inspections.papers.words import plain
from inspections.services import declared, photos
from inspections.services.fields import Fields
from people.models import User

_FIELDS = frozenset({"how", "at", "receiver", "refusal", "photos"})
_CLOCKS_DIFFER = timedelta(minutes=5)


@transaction.atomic
def deliver(*, paper: Paper, told: Mapping[str, Any], by: User) -> Paper:
    """Told again, it is put right; its history is kept. The people of the company it is for may
    say that it came electronically. Photos are of the signed copy, and come
    by upload with the paper's id as their record.

    Raises NotYoursToDeliver, PaperIsVoid or PaperInvalid.
    """
    paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    if not policy.may_deliver_paper(by, paper.community_id):
        _check_confirmation(paper, told, by)
    if paper.voided_at:
        raise PaperIsVoid(since=paper.voided_at)
    fields = Fields(dict(told))
    fields.nothing_else(_FIELDS)
    how = fields.choice("how", Delivery.values, needed=True)
    at = fields.instant("at")
    receiver, refusal = fields.text("receiver", most=60), fields.text("refusal", most=300)
    named = declared.read(fields)
    now = timezone.now()
    if at and at > now + _CLOCKS_DIFFER:
        fields.blame("at", _("This is still to come."))
    elif at and at < paper.issued_at - _CLOCKS_DIFFER:
        fields.blame("at", _("The paper was issued after this."))
    if how == Delivery.IN_PERSON and not receiver:
        fields.blame("receiver", _("Who signed for it? If nobody would, it was left behind."))
    if how == Delivery.LEFT and not refusal:
        fields.blame("refusal", _("Say why nobody signed."))
    if fields.wrong:
        raise PaperInvalid(fields=fields.wrong)
    paper.delivery, paper.delivered_at, paper.delivered_by = how, at, by
    paper.receiver, paper.refusal = plain(receiver), plain(refusal)
    paper.save(update_fields=["delivery", "delivered_at", "delivered_by", "receiver", "refusal"])
    if named:
        photos.declare({paper.pk: named}, sender=by, of="paper")
    return paper


def _check_confirmation(paper: Paper, told: Mapping[str, Any], by: User) -> None:
    """Its own people say that it came, in their own name, and once."""
    own = policy.may_confirm_paper(by, paper.company_id)
    confirms = told.get("how") == Delivery.ELECTRONIC and told.get("receiver") in (
        str(by),
        by.username,
    )
    if not own or not confirms or paper.delivered_at:
        raise NotYoursToDeliver
