"""What is refused of programmes and values."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from geo.files.table import Problem
from inspections.errors import Refusal


class ActionsFileInvalid(Refusal):
    """`problems`: of each file by its name. Nothing of any of them was loaded."""

    code = "actions_file_invalid"
    message = _("This file can't be loaded as it is.")

    def __init__(self, problems: Sequence[tuple[str, Problem]]) -> None:
        super().__init__(problems=[f"{name}: {problem}" for name, problem in problems])
        self.problems = problems
