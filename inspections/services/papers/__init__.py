"""Every write about papers: drafting, issuing, their files, voiding, delivery."""

from inspections.services.papers.delivering import deliver
from inspections.services.papers.drafting import Draft, draft, unnumbered
from inspections.services.papers.forms import FORMS, add_form
from inspections.services.papers.issuing import Issued, issue
from inspections.services.papers.monthly import issue_monthly, issue_of, monthly_of
from inspections.services.papers.reading import PaperWish, read, told_of
from inspections.services.papers.rendering import made_again, render, render_again
from inspections.services.papers.series import use_series
from inspections.services.papers.voiding import void

__all__ = [
    "FORMS",
    "Draft",
    "Issued",
    "PaperWish",
    "add_form",
    "deliver",
    "draft",
    "issue",
    "issue_monthly",
    "issue_of",
    "made_again",
    "monthly_of",
    "read",
    "render",
    "render_again",
    "told_of",
    "unnumbered",
    "use_series",
    "void",
]
