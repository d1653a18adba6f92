"""What states and moves of a case are called, wherever the server writes them out."""

from django.utils.translation import pgettext_lazy

from inspections.models.cases import Source
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
MOVES = {
    "file": pgettext_lazy("move", "filed"),
    "fix_on_spot": pgettext_lazy("move", "fixed on the spot"),
    "reject": pgettext_lazy("move", "not filed"),
    "void": pgettext_lazy("move", "made void"),
    "join": pgettext_lazy("move", "joined to another"),
    "reconsider": pgettext_lazy("move", "taken up again"),
    "assign": pgettext_lazy("move", "assigned"),
    "claim": pgettext_lazy("move", "taken in hand"),
    "return": pgettext_lazy("move", "returned"),
    "ask_extension": pgettext_lazy("move", "extension asked"),
    "grant_extension": pgettext_lazy("move", "extension granted"),
    "refuse_extension": pgettext_lazy("move", "extension refused"),
    "hand_back": pgettext_lazy("move", "handed back"),
    "pass_check": pgettext_lazy("move", "found in order"),
    "fail_check": pgettext_lazy("move", "found not in order"),
    "close": pgettext_lazy("move", "closed"),
    "reopen": pgettext_lazy("move", "reopened"),
    "suspend": pgettext_lazy("move", "suspended"),
    "resume": pgettext_lazy("move", "resumed"),
    "refer": pgettext_lazy("move", "referred"),
    "hear_done": pgettext_lazy("move", "done outside"),
    "take_back": pgettext_lazy("move", "taken back"),
}

SOURCES = {
    Source.INSPECTION: pgettext_lazy("case", "inspection"),
    Source.COMPLAINT: pgettext_lazy("case", "resident's complaint"),
    Source.JOINT: pgettext_lazy("case", "joint enforcement"),
    Source.PLATFORM: pgettext_lazy("case", "the city's platform"),
}
