"""A known event: a dated change in the department that a chart's reader must know of."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What changed."""

    SCANNER = "scanner"
    KERNEL = "kernel"
    PROTOCOL = "protocol"
    ROUTE = "route"
    REPORT_TEMPLATE = "report_template"
    ROTA = "rota"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return what the screen says."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """When an event was withdrawn, by whom and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """A change, the day it took effect at the site, what it touches, and who logged it when.

    An empty `site`, `model` or `scanner` means all of them. `withdrawn` is None while it stands.
    """

    id: int
    kind: EventKind
    on: date
    site: str
    model: str
    scanner: str
    words: str
    logged_at: datetime
    logged_by: str
    withdrawn: Withdrawn | None = None

    def concerns(self, *, site: str, model: str, scanner: str = "") -> bool:
        """Say whether the event touches a product at a site, and one scanner there if one is named.

        Examples
        --------
        >>> from datetime import UTC
        >>> logged = datetime(2026, 9, 15, tzinfo=UTC)
        >>> one = KnownEvent(1, EventKind.SCANNER, date(2026, 9, 14), "North", "", "CT2", "CT2 replaced", logged, "a")
        >>> one.concerns(site="North", model="BleedFinder"), one.concerns(site="South", model="BleedFinder")
        (True, False)
        >>> one.concerns(site="North", model="BleedFinder", scanner="CT1")
        False
        """
        asked = ((self.site, site), (self.model, model), (self.scanner, scanner or self.scanner))
        return all(own in ("", wanted) for own, wanted in asked)

    def stood(self, at: datetime) -> bool:
        """Say whether the event was logged by a moment and not withdrawn by then."""
        return self.logged_at <= at and (self.withdrawn is None or self.withdrawn.at > at)

    @property
    def scope(self) -> str:
        """Return in words what it touches."""
        named = [self.model, self.site, self.scanner and f"scanner {self.scanner}"]
        return " · ".join(word for word in named if word) or "everything"
