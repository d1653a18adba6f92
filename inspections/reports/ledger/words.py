"""What states and ways of ending are called in the book."""

from django.utils.translation import pgettext_lazy

from inspections.workflow import State

STATES = {
    State.REPORTED: pgettext_lazy("case", "reported"),
    State.FIXED: pgettext_lazy("case", "fixed on the spot"),
    State.FILED: pgettext_lazy("case", "filed"),
    State.ASSIGNED: pgettext_lazy("case", "assigned"),
    State.IN_PROGRESS: pgettext_lazy("case", "being rectified"),
    State.EXTENSION_ASKED: pgettext_lazy("case", "extension asked"),
    State.CHECKING: pgettext_lazy("case", "to be checked"),
    State.CHECKED: pgettext_lazy("case", "checked, in order"),
    State.RETURNED: pgettext_lazy("case", "returned"),
    State.SUSPENDED: pgettext_lazy("case", "put aside"),
    State.REFERRED: pgettext_lazy("case", "referred outside"),
    State.CLOSED: pgettext_lazy("case", "closed"),
    State.REJECTED: pgettext_lazy("case", "not filed"),
    State.VOID: pgettext_lazy("case", "void"),
    State.JOINED: pgettext_lazy("case", "joined to another"),
}
