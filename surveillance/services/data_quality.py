"""Data quality: orders against results against truths, what contradicts, what waits and what is seen first."""

from datetime import datetime

from surveillance.domain.data_quality import WeekCounts, added
from surveillance.domain.roles import Action, Actor
from surveillance.domain.weeks import Week, last_complete_week, micros
from surveillance.errors import NotFound
from surveillance.services import quality_words as words
from surveillance.services.axis_events import events_logged
from surveillance.services.guard import guarded
from surveillance.services.page_models.data_quality import Conflict, QualityPage, QualityWeek
from surveillance.services.quality_conflicts import conflicts_since
from surveillance.services.quality_counts import Counted, counted, state_of
from surveillance.services.quality_waiting import file_facts, waiting_sentences
from surveillance.services.unmatched_truths import waiting_truths
from surveillance.services.unmatched_words import without_numbers
from surveillance.storage import register
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros

LAST_WEEKS = (4, 13, 26)
NEVER_NAMED = (
    "The orders of this site never name the pathway of the plan, so they cannot say which studies were eligible: the"
    " denominator is the results' own, and how many never reached the AI is not estimable. Map the RIS's words to the"
    " plan's pathway in the profile of the orders, or name the pathway in the plan as the RIS does."
)


@guarded(Action.READ_SURVEILLANCE)
def data_quality(actor: Actor, store: Store, deployment_id: int, *, last_weeks: int, at: datetime) -> QualityPage:
    """Return one deployment's last weeks: orders, results and truths, each count with what it is a count of.

    Raises
    ------
    NotFound
        If there is no such deployment, or the page does not offer so many weeks.
    """
    if last_weeks not in LAST_WEEKS:
        raise NotFound(f"This page shows {', '.join(map(str, LAST_WEEKS))} weeks, not {last_weeks}.")
    with store.read() as connection:
        own = register.deployment(connection, deployment_id)
        state = state_of(connection)
        waiting = (*waiting_sentences(connection, own), *without_numbers(waiting_truths(store, own.id)))
    known = counted(store, deployment_id, last_weeks, _hour(at), state)
    if known is None:
        return QualityPage(own.title, waiting, (), (), (), 0)
    with store.read() as connection:
        events = events_logged(connection, own, known.weeks[0].monday, known.weeks[-1].sunday)
    over = words.when_words(known.weeks)
    ordered = [one for one in known.counts if one.orders_loaded]
    among = over if len(ordered) == len(known.weeks) else f"in the {len(ordered)} of {over[3:]} that have orders"
    newest = words.when_words(known.weeks[-1:])
    sentences = (
        NEVER_NAMED if known.never_named else words.orders_sentence(known.counts[-1], newest),
        *((words.orders_sentence(added(ordered), among),) if ordered else ()),
        *((words.results_sentence(added(ordered), among),) if ordered else ()),
        *_orders_beside(known, over),
        words.truths_sentence(added(known.counts), over),
        *_repeats(known, over),
        *waiting,
    )
    return QualityPage(
        title=own.title,
        sentences=tuple(sentence for sentence in sentences if sentence),
        weeks=tuple(_week(week, counts) for week, counts in zip(known.weeks, known.counts, strict=True)),
        files=file_facts(known.files, own, at),
        first_seen=_first_seen(own, known),
        conflicting=known.conflicting,
        events=events,
    )


@guarded(Action.READ_CASES)
def conflicting_rows(
    actor: Actor, store: Store, deployment_id: int, *, last_weeks: int, at: datetime
) -> tuple[Conflict, ...]:
    """List the lines of the last weeks that contradict each other about a study, all of them, and which one counts.

    Of two results with one result time the one that says more counts (see `first_reads`); of two truths of one source
    at one time neither does.
    """
    with store.read() as connection:
        state = state_of(connection)
    known = counted(store, deployment_id, last_weeks, _hour(at), state)
    return conflicts_since(store, deployment_id, known.since, state) if known is not None and known.conflicting else ()


def _hour(at: datetime) -> int:
    """Return the full hour: what is overdue moves with the clock, and a page read twice counts nothing again."""
    return micros(at.replace(minute=0, second=0, microsecond=0))


def _week(week: Week, counts: WeekCounts) -> QualityWeek:
    own = {name: getattr(counts, name) for name in QualityWeek.__dataclass_fields__ if hasattr(counts, name)}
    if not counts.orders_loaded:
        own |= {"ordered": None, "without_order": None}
    return QualityWeek(label=week.label, week_end=week.sunday, **own)


def _orders_beside(known: Counted, over: str) -> tuple[str, ...]:
    """Say which orders are not in the denominator, and why."""
    said = []
    if known.pathways:
        listed = ", ".join(f"{name} {number:,}" for name, number in known.pathways[:3])
        total = sum(number for _, number in known.pathways)
        said.append(f"{words.studies(total)} {over} have orders of pathways that the plan does not name: {listed}.")
    if known.elsewhere:
        said.append(
            f"{words.studies(known.elsewhere)} {over} have orders that belong to another version of the product, or to"
            " days on which this one was not in use."
        )
    if known.beyond:
        said.append(
            f"{counted_orders(known.beyond)} acquired after {known.weeks[-1].words(known.weeks[-1])}, the newest with a"
            " result: they wait for its log and count as nothing yet."
        )
    return tuple(said)


def counted_orders(number: int) -> str:
    """Return a number of orders with its verb."""
    return f"{words.counted(number, 'order', 'orders')} {'was' if number == 1 else 'were'}"


def _repeats(known: Counted, over: str) -> tuple[str, ...]:
    rows, said = words.counted(known.rows, "row", "rows"), []
    if known.repeats:
        said.append(f"Of {rows} of results {over}, {known.repeats:,} repeat another row word for word and count once.")
    if known.read_again:
        said.append(f"{known.read_again:,} further reads of a study were set aside: its first result counts.")
    if known.conflicting:
        said.append(
            f"{words.studies(known.conflicting)} {over} have lines that contradict each other; they are listed."
        )
    return tuple(said)


def _first_seen(own: DeploymentRecord, known: Counted) -> tuple[tuple[str, str, str, str], ...]:
    """Return the scanners and versions whose first study lies in the weeks shown, the latest first."""
    began = {
        **{("Scanner", name): seen for name, seen in known.scanners.items()},
        **{("Version", one.version): (one.first_at, 0) for one in known.files if one.kind == "results"},
    }
    found = []
    for (what, name), (first, rows) in began.items():
        week = Week(last_complete_week(from_micros(first), own.zone).number + 1)
        if week >= known.weeks[0]:
            found.append((week, what, name, words.counted(rows, "row", "rows") if rows else ""))
    return tuple((what, name, week.label, rows) for week, what, name, rows in sorted(found, reverse=True))
