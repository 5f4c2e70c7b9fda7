"""Held rows that await correction: in which weeks of which deployments figures are incomplete for want of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from surveillance.domain.weeks import Week, last_complete_week, span_words
from surveillance.services.file_facts import FileFacts, kept_facts
from surveillance.storage import batches, held_returns, register
from surveillance.storage.batch_reach import spans_of, spellings
from surveillance.storage.held_returns import WaitingFile
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.times import from_micros

FULLY_TOLD = 4
Reach = tuple[str, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Rows of one deployment that await correction: how many in all, and how many touch each week.

    A row whose time cannot be read touches every week of its file, so the weeks may add up to more than `rows`.
    """

    rows: int
    weeks: dict[int, int]

    def within(self, first: int, last: int) -> bool:
        """Say whether any of some weeks is incomplete."""
        return any(first <= week <= last for week in self.weeks)

    def words(self, now: Week) -> tuple[str, ...]:
        """Return what is incomplete, seen from a week: that week first, three spells more, the rest in one sentence.

        >>> Awaiting(61, {2967: 61}).words(Week(2967))
        ('Week 47 is incomplete: 61 rows await correction.',)
        >>> Awaiting(2, {2967: 2, 2966: 2, 2965: 2, 2960: 1}).words(Week(2967))[1:]
        ('Weeks 45–46 are incomplete: 2 rows await correction.', 'Week 40 is incomplete: 1 row awaits correction.')
        >>> Awaiting(7, {week: 2960 - week for week in range(2953, 2960)}).words(Week(2967))[-1]
        '3 more weeks are incomplete, between week 33 and week 35.'
        """
        runs: list[tuple[int, int, int]] = []
        for week in sorted(self.weeks, reverse=True):
            rows = self.weeks[week]
            if runs and runs[-1][0] == week + 1 and runs[-1][2] == rows and now.number not in (week, week + 1):
                runs[-1] = (week, runs[-1][1], rows)
            else:
                runs.append((week, week, rows))
        ordered = sorted(runs, key=lambda run: run[0] != now.number)
        told = [_incomplete(Week(low), Week(high), rows, now) for low, high, rows in ordered[:FULLY_TOLD]]
        if rest := ordered[FULLY_TOLD:]:
            weeks = sum(high - low + 1 for low, high, _ in rest)
            first, last = Week(min(low for low, _, _ in rest)), Week(max(high for _, high, _ in rest))
            more = f"{weeks} more weeks are" if weeks > 1 else "1 more week is"
            told.append(f"{more} incomplete, between {first.words(now)} and {last.words(now)}.")
        return tuple(told)


def _incomplete(low: Week, high: Week, rows: int, now: Week) -> str:
    spell = span_words(low, high, now)
    verb = "is" if low == high else "are"
    wait = "1 row awaits" if rows == 1 else f"{rows:,} rows await"
    return f"{spell[:1].upper()}{spell[1:]} {verb} incomplete: {wait} correction."


def awaiting_correction(connection: Connection) -> dict[int, Awaiting]:
    """Return what awaits correction, by deployment.

    A held row belongs to the deployments that it names, as far as it can be read, else to all those of its file; and
    to the week of its own time, else to every week that its file spans.
    """
    waiting = held_returns.waiting_files(connection)
    if not waiting:
        return {}
    deployments = register.deployments(connection)
    other = spellings(connection)
    rows: Counter[int] = Counter()
    weeks: dict[int, Counter[int]] = {kept.id: Counter() for kept in deployments}
    for file in waiting:
        facts = kept_facts(batches.batch_of(connection, file.batch_id).understood)
        reach = facts.reach or spans_of(connection, file.batch_id)
        for kept in deployments:
            for count, spell in _of_file(connection, file, facts, reach, kept, other.get(kept.id, frozenset())):
                rows[kept.id] += count
                for week in spell:
                    weeks[kept.id][week] += count
    return {number: Awaiting(count, dict(weeks[number])) for number, count in rows.items() if count}


def _of_file(
    connection: Connection,
    file: WaitingFile,
    facts: FileFacts,
    reach: tuple[Reach, ...],
    kept: DeploymentRecord,
    versions: frozenset[str],
) -> Iterable[tuple[int, range]]:
    """Yield how many waiting rows of a file are a deployment's, with the weeks that they touch."""
    own = [one for one in reach if _about(one[0], one[1], one[2], kept, versions)]
    span = _weeks([moment for one in own or reach for moment in one[3:]], kept.zone)
    placed: set[int] = set()
    seen: set[int] = set()
    for place in facts.places:
        if place.line in file.answered:
            continue
        placed.add(place.line)
        sure = bool(place.model and place.site) or not reach  # else it is one of those that its file names
        named = bool(place.model or place.site) and _about(place.model, place.version, place.site, kept, versions)
        mine = named if sure else bool(own) and (named or not (place.model or place.site))
        if mine and place.line not in seen:
            seen.add(place.line)
            yield 1, span if place.at is None else _weeks([place.at], kept.zone)
    if own and file.rows > len(placed):
        yield file.rows - len(placed), span


def _about(model: str, version: str, site: str, kept: DeploymentRecord, versions: frozenset[str]) -> bool:
    """Say whether rows that name so much may be a deployment's; what is not named fits."""
    return (
        model in ("", kept.model) and site in ("", kept.site) and (not version or version in {kept.version, *versions})
    )


def _weeks(moments: Iterable[int], zone: str) -> range:
    numbers = [last_complete_week(from_micros(moment), zone).number + 1 for moment in moments]
    return range(min(numbers), max(numbers) + 1) if numbers else range(0)
