"""What is refused of papers."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class PaperInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "paper_invalid"
    message = _("Some fields need another look.")


class NotYoursToIssue(Refusal):
    code = "not_yours_to_issue"
    status = 403
    message = _("Papers are issued by supervisors of all communities they concern.")


class NotYoursToDeliver(Refusal):
    code = "not_yours_to_deliver"
    status = 403
    message = _("A delivery is entered by the office, or confirmed by whom the paper is for.")


class PaperIssuedDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("A paper with this id was already issued with other content.")


class PaperIsVoid(Refusal):
    """details.since."""

    code = "paper_is_void"
    status = 409
    message = _("This paper is void. Its number stays taken.")


class PaperReissued(Refusal):
    """details.paper: the one in its place."""

    code = "paper_reissued"
    status = 409
    message = _("Another paper was already issued in place of this one.")


class PaperNotMadeYet(Refusal):
    """details.problem: why not, where that is known."""

    code = "not_made_yet"
    status = 404
    message = _("The files of this paper are being made. Look again in a moment.")


class NoSeries(Refusal):
    """details.kind."""

    code = "no_series"
    status = 409
    message = _("No series of numbers is in use for papers of this kind. The clerk enters one.")


class NoFontHere(Refusal):
    code = "no_font"
    status = 503
    message = _("No font here has Chinese: a sheet can't be set. Tell the administrator.")
