"""What the sealed file's page says of states, moves and where photos come from."""

from django.utils.translation import pgettext_lazy

from inspections.workflow import State

STATES = {
    State.REPORTED: pgettext_lazy("state of a case", "reported"),
    State.FIXED: pgettext_lazy("state of a case", "fixed on the spot"),
    State.FILED: pgettext_lazy("state of a case", "filed"),
    State.ASSIGNED: pgettext_lazy("state of a case", "assigned"),
    State.IN_PROGRESS: pgettext_lazy("state of a case", "in progress"),
    State.EXTENSION_ASKED: pgettext_lazy("state of a case", "extension asked"),
    State.CHECKING: pgettext_lazy("state of a case", "to be checked"),
    State.CHECKED: pgettext_lazy("state of a case", "checked"),
    State.RETURNED: pgettext_lazy("state of a case", "returned"),
    State.SUSPENDED: pgettext_lazy("state of a case", "suspended"),
    State.REFERRED: pgettext_lazy("state of a case", "referred"),
    State.CLOSED: pgettext_lazy("state of a case", "closed"),
    State.REJECTED: pgettext_lazy("state of a case", "not filed"),
    State.VOID: pgettext_lazy("state of a case", "void"),
    State.JOINED: pgettext_lazy("state of a case", "joined"),
}
MOVES = {
    "file": pgettext_lazy("move of a case", "filed"),
    "fix_on_spot": pgettext_lazy("move of a case", "fixed on the spot"),
    "reject": pgettext_lazy("move of a case", "not filed"),
    "void": pgettext_lazy("move of a case", "made void"),
    "join": pgettext_lazy("move of a case", "joined to another"),
    "reconsider": pgettext_lazy("move of a case", "taken up again"),
    "assign": pgettext_lazy("move of a case", "assigned"),
    "claim": pgettext_lazy("move of a case", "taken in hand"),
    "return": pgettext_lazy("move of a case", "returned"),
    "ask_extension": pgettext_lazy("move of a case", "extension asked"),
    "grant_extension": pgettext_lazy("move of a case", "extension granted"),
    "refuse_extension": pgettext_lazy("move of a case", "extension refused"),
    "hand_back": pgettext_lazy("move of a case", "handed back"),
    "pass_check": pgettext_lazy("move of a case", "found in order"),
    "fail_check": pgettext_lazy("move of a case", "found not in order"),
    "close": pgettext_lazy("move of a case", "closed"),
    "reopen": pgettext_lazy("move of a case", "reopened"),
    "suspend": pgettext_lazy("move of a case", "suspended"),
    "resume": pgettext_lazy("move of a case", "resumed"),
    "refer": pgettext_lazy("move of a case", "referred"),
    "hear_done": pgettext_lazy("move of a case", "done outside"),
    "take_back": pgettext_lazy("move of a case", "taken back"),
}
WINDS = (
    pgettext_lazy("direction", "north"),
    pgettext_lazy("direction", "north-east"),
    pgettext_lazy("direction", "east"),
    pgettext_lazy("direction", "south-east"),
    pgettext_lazy("direction", "south"),
    pgettext_lazy("direction", "south-west"),
    pgettext_lazy("direction", "west"),
    pgettext_lazy("direction", "north-west"),
)
ABSENT = {
    "purged": pgettext_lazy("not in the file", "removed: its period of keeping is over"),
    "waited_for": pgettext_lazy("not in the file", "has not arrived yet"),
    "lost": pgettext_lazy("not in the file", "not found in the store"),
}
