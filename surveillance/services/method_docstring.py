"""The parts of a statistic's docstring, as the Methods page shows them."""

import re
from dataclasses import dataclass, replace

DEPARTS = "Departs from the published rule"
NOTE = re.compile(rf"^(Assumes|Not for|{DEPARTS}):\s*", re.MULTILINE)
YEAR = re.compile(r"\(\d{4}[a-z]?\)")
REFERENCE = re.compile(r"(?<=\.) (?=[A-Z](?:[^.()]|et al\.)*\(\d{4})")
NOTHING = re.compile(r"(in )?nothing\s*(?:[.:(]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A name with its kind and what is said of it: an input, or an error and when it is raised."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class MethodDocstring:
    """What a docstring says, part by part; a part that it has not is empty.

    Attributes
    ----------
    sentence : str
        One sentence for anybody.
    definition : tuple of str
        Paragraphs, with their line breaks; an indented one is a formula.
    inputs : tuple of Term
    raises : tuple of Term
    assumes, not_for, departs : str
        Of the Notes: one paragraph each.
    example : str
        As typed at a Python prompt.
    references : tuple of str
    """

    sentence: str
    definition: tuple[str, ...] = ()
    inputs: tuple[Term, ...] = ()
    raises: tuple[Term, ...] = ()
    assumes: str = ""
    not_for: str = ""
    departs: str = ""
    example: str = ""
    references: tuple[str, ...] = ()

    @property
    def departs_in_nothing(self) -> bool:
        """Say whether the published rule is followed to the letter, or there is none to follow."""
        return not self.departs or NOTHING.match(self.departs) is not None


def read_docstring(text: str) -> MethodDocstring:
    r"""Return the parts of a docstring that is written in numpy's style.

    >>> read_docstring("Count.\n\nNotes\n-----\nAssumes: nothing.").assumes
    'nothing.'
    """
    from docstring_parser import numpydoc
    from docstring_parser.common import DocstringExample, DocstringParam, DocstringRaises

    parsed = numpydoc.parse(text)
    opening = "\n".join(part for part in (parsed.short_description, _gap(parsed), parsed.long_description) if part)
    sentence, *rest = _paragraphs(opening)
    typed = [part for part in rest if part.lstrip().startswith(">>>")]
    definition = tuple(part for part in rest if part not in typed)
    found = MethodDocstring(_as_said(_one_line(sentence)), definition, example="\n".join(typed))
    for part in parsed.meta:
        said = part.description or ""
        if isinstance(part, DocstringParam):
            term = Term(part.arg_name, part.type_name or "", _one_line(said))
            found = replace(found, inputs=(*found.inputs, term))
        elif isinstance(part, DocstringRaises):
            found = replace(found, raises=(*found.raises, Term(part.type_name or "", "", _one_line(said))))
        elif isinstance(part, DocstringExample):
            found = replace(found, example="\n".join(line for line in (found.example, part.snippet, said) if line))
        elif part.args == ["notes"]:
            found = _with_notes(found, said)
        elif part.args == ["references"]:
            found = replace(found, references=_references(said))
    return found


def short_reference(reference: str) -> str:
    """Return the authors and the year of a reference.

    >>> short_reference("Wilson (1927) Probable inference. JASA 22, 209-212.")
    'Wilson (1927)'
    """
    year = YEAR.search(reference)
    return reference[: year.end()] if year else reference


def _gap(parsed: object) -> str:
    """Return the empty line that the parser took out after the first line."""
    return "\n" if getattr(parsed, "blank_after_short_description", False) else ""


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n\s*\n", text)] if text.strip() else [""]


def _as_said(sentence: str) -> str:
    """Return the first sentence as a definition is said, without the verb that a function opens with.

    >>> _as_said("Estimate the share of cases."), _as_said("Test whether it differs.")
    ('The share of cases.', 'Test whether it differs.')
    """
    rest = re.sub(r"^(?:Return|Estimate) ", "", sentence)
    return rest[:1].upper() + rest[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _with_notes(found: MethodDocstring, text: str) -> MethodDocstring:
    """Take the three named notes out of their section; what stands before them belongs to the definition."""
    before, *named = NOTE.split(text)
    notes = dict(zip(named[::2], (_one_line(note) for note in named[1::2]), strict=True))
    more = tuple(_paragraphs(before)) if before.strip() else ()
    return replace(
        found,
        definition=(*found.definition, *more),
        assumes=notes.get("Assumes", ""),
        not_for=notes.get("Not for", ""),
        departs=notes.get(DEPARTS, ""),
    )


def _references(text: str) -> tuple[str, ...]:
    """Split a list of references: a new one starts after a full stop, with names that lead up to a year."""
    return tuple(REFERENCE.split(_one_line(text))) if text.strip() else ()
