"""Studies kept apart because their version is not registered, as This week shows them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from surveillance.domain.label_free import Finding


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One unknown version at a site: how many studies since when, who answers until when, and what they look like.

    `first` and `last` are days of acquisition; `checks` need no truth, and set the studies beside those that
    `beside` names ("" where no version of the product is registered at the site). `registered` are the versions it
    may be another spelling of: number, version, threshold.
    """

    model: str
    version: str
    site: str
    studies: int
    first: date
    last: date
    due_at: datetime
    zone: str
    product_known: bool
    registered: tuple[tuple[int, str, float | None], ...]
    title: str
    checks: tuple[Finding, ...]
    beside: str
    owner: str = ""
    overdue: bool = False

    def owned_by(self, owner: str, at: datetime) -> "Quarantined":
        """Return the row with its owner, and whether the answer is late."""
        return replace(self, owner=owner, overdue=self.due_at < at)

    @property
    def sentence(self) -> str:
        """Return what is so, as a plain fact."""
        studies = "1 study" if self.studies == 1 else f"{self.studies:,} studies"
        carry = "carries" if self.studies == 1 else "carry"
        return (
            f"{studies} since {self.first.day} {self.first:%b %Y} {carry} version {self.version}, which is not"
            " registered. They are kept apart and count in no figure until a person says what the version is."
        )
