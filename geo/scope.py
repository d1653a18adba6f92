"""Whose rows a person may see, as plain data: `geo` knows no user."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything, or these communities and these companies' estates (ids), or nothing."""

    everything: bool = False
    communities: frozenset[int] = frozenset()
    companies: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        return not (self.everything or self.communities or self.companies)

    def __or__(self, other: "Scope") -> "Scope":
        """What either sees."""
        if self.everything or other.everything:
            return Scope(everything=True)
        return Scope(
            communities=self.communities | other.communities,
            companies=self.companies | other.companies,
        )

    @property
    def fingerprint(self) -> str:
        """Equal for equal scopes only: part of every ETag."""
        told = f"{self.everything}|{sorted(self.communities)}|{sorted(self.companies)}"
        return sha256(told.encode()).hexdigest()[:16]


EVERYTHING = Scope(everything=True)
NOTHING = Scope()
