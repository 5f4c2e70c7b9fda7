"""A worklist brought back with answers: each line is taken as that reader's answer, or held with its reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor, Role, may
from surveillance.domain.truth_worklist import Answer
from surveillance.errors import AlreadyDecided, NotFound
from surveillance.services.guard import guarded
from surveillance.services.truth_listing import refuse_unfinished, week_named
from surveillance.services.truth_reading import keep_answer
from surveillance.storage.outcome_log.answers_file import AnswerRow, held_answers, read_answers
from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.people import people, roles_of
from surveillance.storage.readings import readings
from surveillance.storage.register import DeploymentRecord, deployment
from surveillance.storage.store import Store

WORDS = {
    "present": Answer.PRESENT,
    "1": Answer.PRESENT,
    "absent": Answer.ABSENT,
    "0": Answer.ABSENT,
    "cannot tell": Answer.CANNOT_TELL,
    "indeterminate": Answer.CANNOT_TELL,
}
ABROAD = "export the worklist of the right week again, and copy the answers into it"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a worklist brought back: answers taken, lines that were here already, and lines that were held."""

    taken: int
    here_already: int
    empty: int
    held: tuple[HeldRow, ...]
    held_file: bytes

    @property
    def sentence(self) -> str:
        """Return what was done, for the page and the command line."""
        parts = [f"{self.taken:,} answers taken"]
        parts += [f"{self.here_already:,} were here already"] if self.here_already else []
        parts += [f"{self.empty:,} lines have no answer yet"] if self.empty else []
        parts += [f"{len(self.held):,} lines held"] if self.held else []
        return ", ".join(parts) + "."


@guarded(Action.KEEP_WORKLIST)
def import_answers(
    actor: Actor, store: Store, deployment_id: int, week: str, data: bytes, file_name: str, *, at: datetime
) -> Imported:
    """Take the answers of a worklist that came back; good lines are kept, the others held with line, rule and fix.

    One file holds one reader's answers or several readers'. An answer that is here already is not added twice.

    Parameters
    ----------
    week : the week whose list it is; lines of another week are held

    Raises
    ------
    FileRefused
        If the file as a whole is no worklist. Nothing was stored.
    NotFound
        If there is no such deployment or week, or it is not over.
    """
    rows, misfits = read_answers(data, file_name)
    wanted = week_named(week)
    action = Action.KEEP_WORKLIST.value
    with store.read() as connection:
        own = deployment(connection, deployment_id)
        refuse_unfinished(wanted, own, at)
        readers = _readers(connection, actor)
    held, seals = list(misfits), []
    here = empty = 0
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        for row in rows:
            if not row.answer:
                empty += 1
                continue
            given = _checked(row, own, week, readers)
            if isinstance(given, HeldRow):
                held.append(given)
                continue
            person, said = given
            if _has(unit.connection, own, row.case_id, person, said):
                here += 1
                continue
            try:
                who = {"reader": person, "role": readers[person][1], "brought_by": actor.person}
                sealed = keep_answer(unit.connection, own, row.case_id, said, **who, at=at)
            except NotFound:
                held.append(_fault(row, "case_id", "a study of this deployment's log", row.case_id, ABROAD))
            except AlreadyDecided as refused:
                held.append(_fault(row, "answer", str(refused), row.answer, "take the line out; nothing is lost"))
            else:
                seals.append({"case": row.case_id, "reader": person, "seal": sealed})
        unit.record({"deployment": own.id, "week": week, "readings": seals, "held": len(held)})
    faults = tuple(sorted(held, key=lambda fault: fault.line))
    return Imported(len(seals), here, empty, faults, held_answers(rows, faults))


def _checked(
    row: AnswerRow, own: DeploymentRecord, week: str, readers: dict[str, tuple[str, str]]
) -> HeldRow | tuple[str, Answer]:
    """Return the reader and the answer of a line, or why it is held."""
    said = WORDS.get(row.answer.casefold())
    person = next((one for one, (name, _) in readers.items() if row.reader in (one, name)), None)
    if row.week != week:
        return _fault(row, "week", f"the worklist of {week}", row.week, ABROAD)
    if row.site not in ("", own.site):
        return _fault(row, "site", f"a study at {own.site}", row.site, ABROAD)
    if person is None:
        names = ", ".join(sorted(readers)) or "nobody yet"
        return _fault(row, "reader", "a reader whose answers you may bring", row.reader, f"write one of: {names}")
    if said is None:
        return _fault(row, "answer", "one of the answers", row.answer, "write present, absent or cannot tell")
    return person, said


def _fault(row: AnswerRow, column: str, rule: str, value: str, fix: str) -> HeldRow:
    return HeldRow(row.line, column, rule, value[:60], fix, "")


def _has(connection: Connection, own: DeploymentRecord, case_id: str, person: str, said: Answer) -> bool:
    given = readings(connection, own.id, case_id).get(case_id, [])
    return any(one.reader == person and one.answer is said for one in given)


def _readers(connection: Connection, actor: Actor) -> dict[str, tuple[str, str]]:
    """Return whose answers a person may bring: person -> (name, role).

    A reader brings their own only, or one person could read a study twice; a data manager brings everybody's.
    """
    found = {}
    reads = may(actor.role, Action.READ_FOR_TRUTH)
    for one in people(connection):
        if reads and one.id != actor.person:
            continue
        able = sorted(role for role in roles_of(connection, one.id) if may(Role(role), Action.READ_FOR_TRUTH))
        if able:
            found[one.id] = (one.name, able[0])
    return found
