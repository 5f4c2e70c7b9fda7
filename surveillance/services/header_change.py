"""How a header differs from the one that a profile is known by, with the columns that were likely renamed."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from surveillance.domain.numbers import percent
from surveillance.storage.outcome_log.guessing.field_names import FIELD_NAMES, named_like

ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Renamed:
    """A column that is gone and a new one that is likely the same, with what speaks for it."""

    before: str
    now: str
    evidence: str


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """How a file's header differs from the one that a profile is known by.

    `gone` and `new` hold the likely renamed ones too; `needed` are the gone columns that the profile reads.
    """

    gone: tuple[str, ...]
    new: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    needed: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return the difference in words."""
        said = []
        if self.gone:
            said.append(f"gone: {', '.join(self.gone)}")
        if self.new:
            said.append(f"new: {', '.join(self.new)}")
        if self.renamed:
            said.append("likely renamed: " + ", ".join(f"{one.before} is now {one.now}" for one in self.renamed))
        return "; ".join(said) + "."


def header_change(before: tuple[str, ...], now: tuple[str, ...], needed: frozenset[str]) -> HeaderChange:
    """Return what changed between two headers.

    Examples
    --------
    >>> change = header_change(("Study", "Score", "Flag"), ("Study", "AI Score", "Flag", "Note"), frozenset({"Score"}))
    >>> change.sentence
    'gone: Score; new: AI Score, Note; likely renamed: Score is now AI Score.'
    """
    gone = tuple(name for name in before if name and name not in now)
    new = tuple(name for name in now if name and name not in before)
    renamed, taken = [], set()
    for name in gone:
        found = [(weight, other, why) for other in new if other not in taken for weight, why in [_alike(name, other)]]
        weight, other, why = max(found, default=(0.0, "", ""))
        if weight >= ALIKE:
            renamed.append(Renamed(name, other, why))
            taken.add(other)
    return HeaderChange(gone, new, tuple(renamed), tuple(name for name in gone if name in needed))


def _alike(before: str, now: str) -> tuple[float, str]:
    """Return how likely two names are the same column's (0 to 1), and why."""
    letters = SequenceMatcher(None, before.lower(), now.lower()).ratio()
    shared = [ours for ours in FIELD_NAMES if named_like(before, ours) and named_like(now, ours)]
    if shared:
        return max(ALIKE, letters), f"both are names for {shared[0]}"
    return letters, f"{percent(letters)} of their letters are the same"
