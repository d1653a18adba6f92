"""The ladder of escalation 提醒函 → 整改通知书 → 约谈: what is due now, by the office's rules.

Nothing is sent by itself, and nothing is stored until a rung is done with (`Escalation`). Read by
reports and services alike.
"""

from inspections.ladder.due import Due, Reason, due_now, due_of, next_due_at
from inspections.ladder.words import kept, said

__all__ = ["Due", "Reason", "due_now", "due_of", "kept", "next_due_at", "said"]
