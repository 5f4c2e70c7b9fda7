"""Put every question about a file in order, and write the profile that the answers make."""

import tomllib
from typing import Any

import tomli_w

from surveillance.storage.outcome_log.guessing.ask_columns import ask_columns, ask_products, likely_kind, with_joined
from surveillance.storage.outcome_log.guessing.ask_constants import ask_constants
from surveillance.storage.outcome_log.guessing.ask_dates import ask_dates
from surveillance.storage.outcome_log.guessing.ask_file import (
    ask_decimal,
    ask_header,
    ask_kind,
    ask_missing,
    ask_totals,
)
from surveillance.storage.outcome_log.guessing.ask_score import ask_score
from surveillance.storage.outcome_log.guessing.ask_truth import ask_bands, ask_blank_results, ask_lag
from surveillance.storage.outcome_log.guessing.ask_values import ask_models, ask_values
from surveillance.storage.outcome_log.guessing.ask_versions import ask_name, ask_versions
from surveillance.storage.outcome_log.guessing.draft import Draft, Known, PartDraft
from surveillance.storage.outcome_log.guessing.head import head_of
from surveillance.storage.outcome_log.guessing.header_search import HeaderGuess
from surveillance.storage.outcome_log.guessing.proposal import Answers, Proposal
from surveillance.storage.outcome_log.guessing.read_once import ReadOnce
from surveillance.storage.outcome_log.guessing.sample import FileSample, OpenedFile, open_file, sample_of

SHOWN = 20
NUMERIC = ("score", "sampling_fraction", "age_band")


def propose_profile(
    data: bytes, file_name: str, answers: Answers, known: Known, read: ReadOnce | None = None
) -> tuple[Proposal, str]:
    """Return what is proposed for a file, and the profile's TOML text as it stands (unfinished while questions wait).

    With `read`, which belongs to this file alone, what was read and worked out before is not read again.

    Raises
    ------
    FileRefused
        If the file cannot be read, or a column is named like a patient's identifier.
    """
    draft = Draft(answers, known, file_name, read=read or ReadOnce())
    opened, guess, sample = opened_under(draft, data)
    draft.facts = dict(sample.facts)
    ask_totals(draft, sample)
    with_joined(draft)
    ask_kind(draft, *likely_kind(draft))
    ask_products(draft)
    ask_columns(draft)
    reads = _reads(draft)
    numeric = {draft.theirs(ours, part) for ours in NUMERIC for part in draft.parts}
    ask_decimal(draft, [name for name in draft.facts if name in numeric])
    ask_missing(draft, [name for name in sample.facts if name in reads])
    ask_models(draft)
    ask_constants(draft, opened.lines_above(guess))
    ask_values(draft)
    ask_bands(draft)
    ask_blank_results(draft)
    ask_dates(draft)
    ask_score(draft)
    ask_lag(draft)
    ask_versions(draft)
    name = ask_name(draft)
    shown = min(SHOWN, len(sample.lines))
    proposal = Proposal(
        file_name=file_name,
        encoding=opened.container.encoding,
        delimiter=guess.delimiter,
        header_row=guess.last_row,
        header=guess.header,
        rows=sample.rows,
        first_rows=tuple(sample.row(number) for number in range(shown)),
        first_lines=sample.lines[:shown],
        unread=tuple(one for one in sample.facts if one not in reads),
        questions=tuple(draft.questions),
        notes=tuple(draft.notes),
    )
    return proposal, profile_toml(draft, name)


def opened_under(draft: Draft, data: bytes) -> tuple[OpenedFile, HeaderGuess, FileSample]:
    """Return the file opened, the header that holds for now, and its cells under that header."""
    opened = draft.once("opened", make=lambda: open_file(data, draft.file_name))
    guess = ask_header(draft, opened)
    sample = draft.once("cells", guess.key, make=lambda: sample_of(opened, guess))
    draft.stage = guess.key
    return opened, guess, sample


def head_of_file(data: bytes, file_name: str, answers: Answers, read: ReadOnce) -> bytes | None:
    """Return the first rows of a large text file as a file of their own; None where the whole is read at once."""
    opened, guess, sample = opened_under(Draft(answers, Known(), file_name, read=read), data)
    return read.once(("head", guess.key), lambda: head_of(data, opened, sample))


def _reads(draft: Draft) -> set[str]:
    """Return the columns of the file that the profile reads as it stands."""
    named = {*draft.columns.values(), *(theirs for part in draft.parts for theirs in part.columns.values())}
    return {part for name in named for part in draft.joined.get(name, (name,))}


def profile_toml(draft: Draft, name: str) -> str:
    """Return the profile as TOML text; it is complete when every question is settled."""
    top = {"profile": name, "version": 1, **{key: value for key, value in draft.top.items() if value not in ({}, [])}}
    if draft.joined:
        top["joined"] = {joined: list(parts) for joined, parts in draft.joined.items()}
    parts = draft.parts
    if len(parts) == 1 and not parts[0].when:
        only = parts[0]
        top["columns"] = {**draft.columns, **only.columns}
        top["values"] = {**top.get("values", {}), **only.values}
        top["constants"] = {**top.get("constants", {}), **only.constants}
        top |= {"score": only.score} if only.score else {}
        top |= {"threshold": only.threshold} if only.threshold else {}
    else:
        top["columns"] = draft.columns
        top["products"] = [_product(part) for part in parts]
    return tomli_w.dumps({key: value for key, value in top.items() if value not in ({}, [])})


def _product(part: PartDraft) -> dict[str, Any]:
    """Return one product's table."""
    table = {
        "constants": part.constants, "columns": part.columns, "values": part.values, "score": part.score,
        "threshold": part.threshold, "when": part.when,
    }  # fmt: skip
    filled: dict[str, Any] = {key: value for key, value in table.items() if value}
    return {**filled, **({"absent_when_blank": True} if part.absent_when_blank else {})}


def with_version(toml: str, version: int) -> str:
    """Return a profile's text with another version number."""
    return tomli_w.dumps({**tomllib.loads(toml), "version": version})


def same_but_version(one: str, other: str) -> bool:
    """Return whether two profiles say the same, whatever their version numbers."""
    return with_version(one, 1) == with_version(other, 1)
