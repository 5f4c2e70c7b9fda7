"""What some columns of a file are, where the text of a number cell depends on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnForms:
    """Columns of a file by what the profile reads them as; while a file is guessed at, none are known.

    Attributes
    ----------
    commas : number cells are to be written with a decimal comma, because the profile says that the texts are
    numbers : measured: what a cell holds counts, and not the few places that it may show
    identifiers : study numbers and patients' pseudonyms: what a cell shows counts, to the last zero
    """

    commas: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()

    def places(self, header: tuple[str, ...]) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        """Return the same as places in a header, counted from 0.

        Examples
        --------
        >>> ColumnForms(identifiers=frozenset({"Study"})).places(("Time", "Study"))
        (frozenset(), frozenset(), frozenset({1}))
        """
        commas, numbers, identifiers = (
            frozenset(place for place, name in enumerate(header) if name in names)
            for names in (self.commas, self.numbers, self.identifiers)
        )
        return commas, numbers, identifiers


NOT_KNOWN = ColumnForms()
