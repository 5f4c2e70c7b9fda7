"""Pseudonyms made cell by cell, and the links to what they stand for handed on, each once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from surveillance.domain.pseudonym import Subject, as_written, pseudonym, read_pseudonym
from surveillance.services.pseudonym_links import Link
from surveillance.services.pseudonym_numbers import AT_ONCE, Met


@dataclass
class Maker:
    """Makes the pseudonym of a cell; `keep` is given the links some thousands at a time, in the order they were met.

    What was made lately is remembered, and no more: of a million studies the links would not fit.
    """

    key: bytes = field(repr=False)
    keep: Callable[[Sequence[Link]], None]
    already: int = 0
    _met: Met = field(default_factory=Met)
    _made: dict[tuple[Subject, str], str] = field(default_factory=dict)
    _links: dict[str, Link] = field(default_factory=dict)

    def __call__(self, subject: Subject, cell: str) -> str:
        """Return the pseudonym of a cell; one that is a pseudonym stays."""
        made = self._made.get((subject, cell))
        if made is None:
            if read_pseudonym(cell) is not None:
                self.already += 1
                return cell
            made = pseudonym(self.key, subject, cell)
            self._links.setdefault(made, Link(subject, as_written(cell), made))
            self._made[subject, cell] = made
            if len(self._made) >= AT_ONCE:
                self.hand_on()
        return made

    def hand_on(self) -> int:
        """Hand on the links that were not handed on yet; return how many studies and patients were met so far."""
        links = list(self._links.values())
        new = self._met.add([link.pseudonym for link in links])
        self.keep([link for link, one in zip(links, new, strict=True) if one])
        self._links.clear()
        self._made.clear()
        return len(self._met)
