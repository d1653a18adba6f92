"""Reminding people of what they owe: what that is, who owes it, telling them once, and by mail."""

from campaign.reminding.mailing import deliver, due_letters, send_again
from campaign.reminding.owed import owed_of
from campaign.reminding.telling import remind, settle

__all__ = ["deliver", "due_letters", "owed_of", "remind", "send_again", "settle"]
