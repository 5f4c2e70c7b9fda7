"""A chart read from DESIGN word by word, in plain Python, one study after another: the oracle of the charts.

Truths: those of the plan's composition; the newest of the best source. Maturity: per stratum, four in five of the
truths expected, or twice the expected delay. Entry: when the week is mature and, for the j-th truth of n in its
stratum, the other stratum of the week has the same share of its own. Path: up for an event, down without one, never
below zero; one alarm an excursion; past the action limit on, until the decision, then from zero.
"""

from collections.abc import Sequence
from math import ceil

from tests.domain.small_log import Study

LONGEST = 60  # twice 30 days


def newest_truth(study: Study, order: Sequence[str], moment: float) -> int | None:
    """Return the truth known before a moment, in days."""
    spoken = [t for t in study.truths if t[0] < moment and t[2] in order]
    if not spoken:
        return None
    best = min(order.index(t[2]) for t in spoken)
    return max((t for t in spoken if order.index(t[2]) == best), key=lambda t: t[0])[1]


def first_truth(study: Study, order: Sequence[str]) -> float | None:
    """Return the day of the first truth that counts."""
    return min((t[0] for t in study.truths if t[2] in order), default=None)


def entries(studies: Sequence[Study], order: Sequence[str], last: int) -> dict[int, list[int]]:
    """Return for each weekly `as_of` (the index of the week that ends then) the studies that enter the charts."""
    processed = [row for row, s in enumerate(studies) if s.status == "processed"]
    charted = charted_weeks(studies, order, last)
    entering: dict[int, list[int]] = {}
    for row in processed:
        moment = own_and_other(studies, processed, row, order)
        if moment is None or not first_of_patient(studies, row):
            continue
        week = int(studies[row].day // 7)
        known = next((i for i in range(last + 1) if moment < 7 * (i + 1)), None)
        if known is not None and charted.get(week) is not None:
            entering.setdefault(max(known, charted[week]), []).append(row)
    return entering


def own_and_other(studies: Sequence[Study], processed: Sequence[int], row: int, order: Sequence[str]) -> float | None:
    """Return when a study's truth is there and the other stratum of its week has come as far."""
    mine = first_truth(studies[row], order)
    if mine is None:
        return None
    week = [r for r in processed if studies[r].day // 7 == studies[row].day // 7]
    never = float("inf")

    def arrival(r: int) -> tuple[float, int]:
        first = first_truth(studies[r], order)
        return (never if first is None else first, r)

    own = sorted(arrival(r) for r in week if studies[r].called == studies[row].called)
    other = sorted(arrival(r) for r in week if studies[r].called != studies[row].called)
    place = own.index((mine, row)) + 1
    needed = ceil(place * len(other) / len(own) - 1e-9)
    until = max(mine, other[needed - 1][0]) if needed else mine
    return None if until == never else until


def first_of_patient(studies: Sequence[Study], row: int) -> bool:
    """Say whether no counted study of the same patient lies in the 30 days before."""
    patient, day = studies[row].patient, studies[row].day
    if patient < 0:
        return True
    last = None
    for r in range(row + 1):
        if studies[r].patient != patient:
            continue
        counted = last is None or studies[r].day - last >= 30
        if r == row:
            return counted
        last = studies[r].day if counted else last
    raise AssertionError(day)


def charted_weeks(studies: Sequence[Study], order: Sequence[str], last: int) -> dict[int, int]:
    """Return for each week the `as_of` at which it is charted."""
    charted: dict[int, int] = {}
    before = 0
    for week in range(last + 1):
        for now in range(max(week, before), last + 1):
            if _ready(studies, order, week, now):
                charted[week] = before = now
                break
        else:
            break
    return charted


def _ready(studies: Sequence[Study], order: Sequence[str], week: int, now: int) -> bool:
    if 7 * (now + 1) >= 7 * (week + 1) + LONGEST:
        return True
    for called in (0, 1):
        mine = [s for s in studies if s.status == "processed" and s.called == called and s.day // 7 == week]
        here = [s for s in mine if (first := first_truth(s, order)) is not None and first < 7 * (now + 1)]
        if len(here) < 0.80 * len(mine) - 1e-9:
            return False
    return True


def follow(
    batches: Sequence[Sequence[bool | None]],
    moves: tuple[int, int],
    alarm: int,
    action: int | None,
    decided: Sequence[int] = (),
) -> tuple[list[int], list[tuple[str, int]]]:
    """Follow a path over batches of events (None moves nothing), one batch an `as_of`.

    `moves` are the steps up for an event and down without one; `decided` lists the batches after which a
    recommendation was decided. Returns the height after each batch and the signals as (limit, batch).
    """
    up, down = moves
    height, said = 0, {"alarm": False, "action": False}
    heights: list[int] = []
    signals: list[tuple[str, int]] = []
    for number, batch in enumerate(batches):
        for event in batch:
            if event is None:
                continue
            height = max(0, height + (up if event else -down))
            if height == 0:
                said = {"alarm": False, "action": False}
            for limit, level in (("alarm", alarm), ("action", action)):
                if level is not None and height >= level and not said[limit]:
                    said[limit] = True
                    signals.append((limit, number))
            if action is None and height >= alarm:
                height, said = 0, {"alarm": False, "action": False}
        if number in decided:
            height, said = 0, {"alarm": False, "action": False}
        heights.append(height)
    return heights, signals
