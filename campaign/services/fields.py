"""Reading what was sent about the campaign, beside what every entry has."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from campaign.models import Attachment
from inspections.services.fields import Fields
from people.models import User

MOST = 10**11
FIRST_DAY = date(2000, 1, 1)


class CampaignFields(Fields):
    def amount(self, name: str) -> Decimal | None:
        told = self.number(name, most=MOST)
        if told is None:
            return None
        # As it was written: 0.1 is a tenth.
        amount = Decimal(str(told))
        if amount != round(amount, 2):
            self.blame(name, _("At most two decimals."))
            return None
        return amount

    def day(self, name: str) -> date | None:
        told = self.content.get(name)
        try:
            day = date.fromisoformat(told) if isinstance(told, str) else None
        except ValueError:
            day = None
        if day is None or day < FIRST_DAY:
            self.blame(name, _("A date such as 2024-11-30."))
            return None
        return day

    def needed(self, name: str, *, most: int) -> str:
        told = self.text(name, most=most)
        if not told and name not in self.wrong:
            self.blame(name, _("This is needed."))
        return told

    def attachment(self, name: str, by: User) -> Attachment | None:
        """One that the person brought, or sees."""
        told = self.content.get(name)
        if told is None:
            return None
        found = self._attachments(name, [told], by)
        return found[0] if found else None

    def attachments(self, name: str, by: User) -> list[Attachment]:
        told = self.content.get(name, [])
        if not isinstance(told, list):
            self.blame(name, _("There is no such attachment."))
            return []
        return self._attachments(name, told, by)

    def _attachments(self, name: str, told: list[object], by: User) -> list[Attachment]:
        try:
            ids = [UUID(str(each)) for each in told]
        except ValueError:
            ids = []
        rows = list(Attachment.objects.visible_to(by).filter(pk__in=ids)) if ids else []
        if len(rows) != len({*map(str, told)}):
            self.blame(name, _("There is no such attachment."))
            return []
        return rows

    def month(self, name: str) -> date | None:
        told = self.content.get(name)
        try:
            month = date.fromisoformat(f"{told}-01")
        except ValueError:
            month = None
        if month is None or month < FIRST_DAY:
            self.blame(name, _("A month such as 2024-11."))
            return None
        return month
