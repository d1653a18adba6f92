"""Ledgers and their rows as the API tells them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from campaign.api.told import attachment
from campaign.ledger import Ledger
from campaign.models import Action, LedgerRow
from campaign.owing import Asked, Owed


def ledger(
    of: Ledger, actions: Sequence[Action], *, may_keep: bool, rows: int, owed: Owed
) -> dict[str, Any]:
    # The latest notice's words.
    named = max(actions, key=lambda each: each.programme_id, default=None)
    return {
        "slug": of.slug,
        "zh": of.zh,
        "en": of.en,
        "says_zh": of.says_zh,
        "says_en": of.says_en,
        "action": of.action,
        "action_zh": named.zh if named else "",
        "action_en": named.en if named else "",
        "level": of.level,
        "counts": of.counts,
        "monthly": of.monthly,
        "owing": of.owing,
        "columns": [each.describe() for each in of.columns],
        "may_keep": may_keep,
        "rows": rows,
        "of": owed.of,
        "missing": len(owed.missing),
        "due_on": owed.due_on,
        "late": owed.late and bool(owed.missing),
    }


def row(of: LedgerRow, *, stands: bool, may_change: bool) -> dict[str, Any]:
    return {
        "id": str(of.pk),
        "ledger": of.ledger,
        "community": of.community_id,
        "estate": of.estate_id,
        "company": of.company_id,
        "place": str(of.estate or of.company or of.community or "") or None,
        "community_name": of.community.name if of.community else None,
        "community_name_en": of.community.name_en if of.community else None,
        "day": of.day,
        "month": f"{of.month:%Y-%m}",
        "data": of.data,
        "attachments": [attachment(each) for each in of.attachments.all()],
        "supersedes": str(of.supersedes_id) if of.supersedes_id else None,
        "withdrawn": of.withdrawn,
        "reason": of.reason,
        "by": of.by.username,
        "by_name": str(of.by),
        "at": of.at,
        "stands": stands,
        "may_change": may_change,
    }


def owed(told: Owed, places: Collection[Asked], *, month: date, day: date) -> dict[str, Any]:
    return {
        "as_of": day,
        "month": f"{month:%Y-%m}",
        "of": told.of,
        "missing": [asdict(each) for each in told.missing],
        "due_on": told.due_on,
        "late": told.late and bool(told.missing),
        "places": [asdict(each) for each in places],
    }
