"""By which transaction a row was written last: what a reader asks anew since its last reading.

A reader notes the oldest transaction still running as it reads (`pg_snapshot_xmin`), and next
time asks for rows written by that one or a later: a row that was written before and committed
after is among them. Rows of before this was kept have none.
"""

import pgtrigger
from django.db import models


class CurrentXact(models.Func):
    template = "(pg_current_xact_id()::text)::bigint"
    arity = 0
    output_field = models.BigIntegerField()


class Xact(models.BigIntegerField):  # type: ignore[type-arg]
    def __init__(self, **options: object) -> None:
        defaults = {"null": True, "editable": False, "db_default": CurrentXact()}
        super().__init__(**(defaults | options))  # type: ignore[arg-type]


WRITTEN_ANEW = pgtrigger.Trigger(
    name="written_anew",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="NEW.xact = (pg_current_xact_id()::text)::bigint; RETURN NEW;",
)

# What history keeps of an update. Not column by column: a dump restores with no search path, where
# "=" of two shapes is not found.
CHANGED = pgtrigger.Condition("to_jsonb(OLD) - 'xact' IS DISTINCT FROM to_jsonb(NEW) - 'xact'")
