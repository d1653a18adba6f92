"""What the sealed file's page says of directions, and of what is not in the file."""

from django.utils.translation import pgettext_lazy

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
