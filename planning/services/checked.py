"""What the server's check finds of a proposal, as life keeps it."""

from typing import Any

from planning.models import Proposal


def check_proposal(proposal: Proposal) -> dict[str, Any]:
    return {"version": "", "verdicts": []}
