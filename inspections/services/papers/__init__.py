"""Every write about papers: drafting, issuing, their files, voiding, delivery."""

from inspections.services.papers.delivering import deliver
from inspections.services.papers.drafting import Draft, draft, unnumbered
from inspections.services.papers.forms import FORMS
from inspections.services.papers.issuing import Issued, issue
from inspections.services.papers.monthly import bulletin_of, issue_bulletin, issue_monthly
from inspections.services.papers.reading import PaperWish, read, told_of
from inspections.services.papers.rendering import made_again, render, render_again
from inspections.services.papers.series import use_series
from inspections.services.papers.voiding import void

__all__ = [
    "FORMS",
    "Draft",
    "Issued",
    "PaperWish",
    "bulletin_of",
    "deliver",
    "draft",
    "issue",
    "issue_bulletin",
    "issue_monthly",
    "made_again",
    "read",
    "render",
    "render_again",
    "told_of",
    "unnumbered",
    "use_series",
    "void",
]
