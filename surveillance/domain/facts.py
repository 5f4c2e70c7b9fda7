"""Plain facts that need an answer without any statistics: outcomes overdue, a log that stopped, a new version."""

from dataclasses import dataclass

import numpy as np
from scipy.special import pdtr

from surveillance.domain.maturity import Maturity
from surveillance.domain.numbers import percent
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week

FEWEST_EXPECTED = 5
# A week is short of studies below a twentieth of what is expected, where chance alone would do so once in ages.
SHORT, CHANCE = 20, 1e-4
AUDIT_WEEKS, AUDIT_SIGMA = 13, 4.0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so, named by the plan's own condition, with the week it concerns and when it became so."""

    condition: str
    week: Week
    text: str
    as_of: int
    subject: str = ""

    @property
    def key(self) -> str:
        """Return what makes this fact itself."""
        return f"{self.condition}/{self.subject or self.week.label}"


def facts(plan: Plan, site: str, frame: StudyFrame, maturity: Maturity, index: int, as_of: int) -> tuple[Fact, ...]:
    """Return the facts that became so at this `as_of`; those before the plan takes effect raise nothing."""
    begin = frame.index(Week.of(plan.effective_from))
    found: list[Fact] = []
    for week in np.flatnonzero(maturity.overdue_at[: index + 1] == as_of):
        late = not maturity.complete[week] and int(maturity.charted_at[week]) >= as_of
        if week >= begin and late:
            missing = _missing(frame, int(week), as_of)
            label = Week(frame.first_week + int(week))
            found.append(
                Fact(
                    "outcomes overdue",
                    label,
                    f"Outcomes of week {label.iso} are overdue: {missing} of {int(maturity.expected[week])} expected"
                    " are missing after twice the expected delay. The week is charted as it stands.",
                    as_of,
                )
            )
    expected = plan.expected_per_week.at(site)
    here = int(frame.starts[index + 1] - frame.starts[index]) if 0 <= index < frame.weeks else 0
    short = here < expected / SHORT and float(pdtr(here, expected)) < CHANCE
    if short and expected >= FEWEST_EXPECTED and index >= begin:
        label = Week(frame.first_week + index)
        studies = "no study" if here == 0 else f"only {here} studies" if here > 1 else "only one study"
        found.append(
            Fact(
                "log missing",
                label,
                f"The log holds {studies} of week {label.iso}; about {expected:.0f} were expected. Load the week's"
                " log, or ask whether studies still reach the AI.",
                as_of,
            )
        )
    for unknown in frame.log.unregistered:
        if unknown.first_seen < as_of:
            label = Week(frame.first_week + index)
            found.append(
                Fact(
                    "version never seen",
                    label,
                    f"{unknown.cases} studies carry version {unknown.version}, which is not registered. They are kept"
                    " apart and not counted until the version is registered.",
                    as_of,
                    subject=unknown.version,
                )
            )
    found += _audit(plan, frame, index, as_of) if index >= begin else []
    return tuple(found)


def _audit(plan: Plan, frame: StudyFrame, index: int, as_of: int) -> list[Fact]:
    """Return the fact that the log's audit is not the one the charts are designed for.

    The rates of the charts are carried to the verified stream by the plan's audit fraction; at twice the
    fraction a healthy AI alarms, at half of it a failing one is found late.
    """
    fraction = plan.truth.audit_fraction_unflagged
    rows = slice(int(frame.starts[max(0, index + 1 - AUDIT_WEEKS)]), int(frame.starts[index + 1]))
    unflagged = frame.processed[rows] & ~frame.flagged[rows]
    drawn = int((unflagged & frame.log.audit_selected[rows]).sum())
    n = int(unflagged.sum())
    if fraction >= 1 or n == 0 or (index + 1) % AUDIT_WEEKS:
        return []
    if abs(drawn - n * fraction) <= AUDIT_SIGMA * (n * fraction * (1 - fraction)) ** 0.5:
        return []
    week = Week(frame.first_week + index)
    text = (
        f"{drawn} of {n} unflagged studies of the last {AUDIT_WEEKS} weeks were drawn for audit, {percent(drawn / n)};"
        f" the plan says {percent(fraction)}, and its charts are designed for that. Mend the audit or change the plan."
    )
    return [Fact("audit differs", week, text, as_of)]


def _missing(frame: StudyFrame, week: int, as_of: int) -> int:
    rows = slice(int(frame.starts[week]), int(frame.starts[week + 1]))
    return int((frame.expected[rows] & (frame.truth.first_at[rows] >= as_of)).sum())
