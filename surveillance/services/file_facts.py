"""What is kept of a file beside its rows: how it was written, and how far it reaches though its rows be held."""

from dataclasses import dataclass
from typing import Any

from surveillance.services.held_places import Place
from surveillance.storage.log_columns import TIME
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.tables.data import CASE, OUTCOME, STUDY_ORDER

KEY = "file"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """How a stored file was written.

    Attributes
    ----------
    header : its column names, () of files stored before they were kept
    reach : (product, version, site, first, last) of its good rows, held whole or not; "" where it names none
    places : what can be read of its held lines
    """

    header: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    container: str = "text"
    sheet: str = ""
    decimal: str = ""
    date_formats: tuple[tuple[str, str], ...] = ()
    reach: tuple[tuple[str, str, str, int, int], ...] = ()
    places: tuple[Place, ...] = ()


def facts_to_keep(parsed: ParsedFile, places: tuple[Place, ...]) -> dict[str, Any]:
    """Return the facts of a file as they are kept with its batch."""
    found = parsed.understood
    return {
        "header": list(found.header),
        "delimiter": found.delimiter,
        "encoding": found.encoding,
        "container": found.container,
        "sheet": found.sheet,
        "decimal": found.decimal,
        "date_formats": [list(pair) for pair in found.date_formats.items()],
        "reach": [list(one) for one in _reach(parsed)] if parsed.held else [],
        "places": [[one.line, one.model, one.version, one.site, one.at] for one in places],
    }


def kept_facts(understood: dict[str, Any]) -> FileFacts:
    """Return the facts of a stored file."""
    kept = understood.get(KEY)
    if kept is None:
        return FileFacts()
    return FileFacts(
        header=tuple(kept["header"]),
        delimiter=kept["delimiter"],
        encoding=kept["encoding"],
        container=kept["container"],
        sheet=kept["sheet"],
        decimal=kept["decimal"],
        date_formats=tuple((column, words) for column, words in kept["date_formats"]),
        reach=tuple((model, version, site, first, last) for model, version, site, first, last in kept["reach"]),
        places=tuple(Place(*one) for one in kept["places"]),
    )


def _reach(parsed: ParsedFile) -> list[tuple[str, str, str, int, int]]:
    found = []
    for frame, table in ((parsed.cases, CASE), (parsed.outcomes, OUTCOME), (parsed.orders, STUDY_ORDER)):
        if frame is None or not len(frame):
            continue
        named = [name for name in ("model", "version", "site") if name in frame.columns]
        for key, rows in frame.groupby(named, observed=True)[TIME[table]]:
            words = dict(zip(named, key if isinstance(key, tuple) else (key,), strict=True))
            model, version, site = (str(words.get(name, "")) for name in ("model", "version", "site"))
            found.append((model, version, site, int(rows.min()), int(rows.max())))
    return found
