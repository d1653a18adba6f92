"""One after the other, where two that do not see each other would go wrong."""

from django.db import connection

_ARRIVING = 7_241_002  # the key of the lock between those that record and those that look back


def hold_arrivals(*, alone: bool) -> None:
    """Until the transaction ends.

    Those that only record hold it together. What names another entry, or parks, or lets go what
    was parked, or changes which findings count, holds it alone: it then sees what they wrote, and
    the next of them see what it did.
    """
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_ARRIVING])
