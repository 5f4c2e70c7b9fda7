"""Set up from my file: guessed, confirmed by a person, tried out, kept with its header, spellings signed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from surveillance.domain.roles import Role
from surveillance.errors import FileRefused, InvalidProfile, NotAllowed
from surveillance.services import intake, mapping_profiles, set_up
from surveillance.services.set_up import Answers
from surveillance.storage import audit_trail
from surveillance.storage.outcome_log.profile import load_profile
from surveillance.storage.profiles import profiles
from surveillance.storage.tables.data import CASE
from surveillance.storage.tables.register import VERSION_ALIAS

AT = datetime(2025, 6, 2, 9, tzinfo=UTC)
HEADER = "StudyRef,Scan Time,SWVersion,Hospital,Product,Suspicion,Flag,Comment\n"
ROWS = [
    f"S{n:03d},{10 + n % 15:02d}/03/2025 1{n % 10}:05,{'v3.2.1' if n % 3 else '3.2.1'},Millford,NeuroFlag,"
    f"{n / 40:.3f},{'Y' if n >= 20 else 'N'},see note {n}\n"
    for n in range(40)
]
FILE = (HEADER + "".join(ROWS)).encode()
NAME = "millford 2025-03.csv"


def agreed(person, store, data=FILE, name=NAME, **told):
    """Return the answers of a person who says `told` and agrees with everything else that is proposed."""
    answers = Answers({key.replace("__", "."): value for key, value in told.items()})
    for _ in range(9):
        proposal = set_up.propose(person, store, data, name, answers, at=AT)
        answers = answers.confirm(proposal.questions)
    return answers


def count(store, table):
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_nothing_is_stored_by_proposing_and_trying_out_and_every_guess_waits(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    with ready.store.read() as connection:
        before = audit_trail.head(connection)

    proposal = set_up.propose(manager, ready.store, FILE, NAME, at=AT)
    tried = set_up.try_out(manager, ready.store, FILE, NAME, Answers(), at=AT)

    assert len(proposal.waiting) == len(proposal.questions)
    assert (len(tried.rows), tried.preview.rows, tried.preview.accepted) == (20, 40, 40)
    with ready.store.read() as connection:
        assert audit_trail.head(connection) == before


def test_the_first_rows_stand_beside_what_they_become(ready, actor):
    tried = set_up.try_out(actor(Role.DATA_MANAGER), ready.store, FILE, NAME, Answers(), at=AT)
    first = tried.rows[0]
    assert (first.line, first.theirs["StudyRef"], first.theirs["Flag"]) == (2, "S000", "N")
    (ours,) = first.ours
    assert ours["acquired_at"] == "2025-03-10 10:05:00 GMT (10:05:00 UTC)"
    assert (ours["case_id"], ours["called"], ours["score"], ours["version"]) == ("S000", "no", "0", "3.2.1")
    assert "Comment" not in first.theirs  # read by nobody, so never shown as if it were kept


def test_a_profile_with_an_open_question_is_not_kept_and_the_question_is_named(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    answers = agreed(manager, ready.store)
    with pytest.raises(InvalidProfile, match=r"1 of .* What does 'Y' mean in Flag"):
        set_up.save(manager, ready.store, FILE, NAME, answers.withdraw("value.called.Flag.Y"), at=AT)
    with ready.store.read() as connection:
        assert profiles(connection) == ()


def test_a_kept_profile_reads_the_file_and_goes_round_through_its_text(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    saved = set_up.save(manager, ready.store, FILE, NAME, agreed(manager, ready.store), at=AT)

    assert load_profile(saved.toml).profile == saved.name == "millford"
    assert mapping_profiles.profile_named(ready.store, "millford") == load_profile(saved.toml)
    preview = intake.preview(manager, ready.store, FILE, NAME, saved.name, at=AT)
    intake.commit(manager, ready.store, preview, choice="keep", at=AT)
    assert (preview.accepted, preview.quarantined, count(ready.store, CASE)) == (40, 0, 40)


def test_the_same_answers_again_add_no_version_and_other_ones_do(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    answers = agreed(manager, ready.store)
    first = set_up.save(manager, ready.store, FILE, NAME, answers, at=AT)
    again = set_up.save(manager, ready.store, FILE, NAME, answers, at=AT)
    other = answers.answer("column.scanner", "Comment")
    third = set_up.save(manager, ready.store, FILE, NAME, other, at=AT)
    assert [first.version, again.version, third.version] == [1, 1, 2]
    assert load_profile(third.toml).version == 2


def test_a_spelling_is_signed_for_the_registered_version_and_only_when_a_person_says_so(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    answers = agreed(manager, ready.store)
    asked = set_up.propose(manager, ready.store, FILE, NAME, answers, at=AT).question("version.v3.2.1")
    assert asked.proposed == "3.2.1"

    another = set_up.save(manager, ready.store, FILE, NAME, answers.answer("version.v3.2.1", "(none)"), at=AT)
    assert (another.aliases, count(ready.store, VERSION_ALIAS)) == ((), 0)
    saved = set_up.save(manager, ready.store, FILE, NAME, answers, at=AT)

    assert saved.aliases == ("v3.2.1 = 3.2.1",)
    with ready.store.read() as connection:
        (row,) = connection.execute(select(VERSION_ALIAS)).all()
        (entry,) = audit_trail.events(connection, newest=1)
    assert (row.version, row.by, row.at) == ("v3.2.1", "data_manager", AT)
    assert (entry.seq, entry.payload["spellings"]) == (saved.seq, {"v3.2.1": "3.2.1"})


@pytest.mark.parametrize("role", [Role.RADIOGRAPHER, Role.RC_AI, Role.GOVERNANCE])
def test_only_who_keeps_profiles_may_set_one_up(ready, actor, role):
    for service in (set_up.propose, set_up.try_out, set_up.save):
        with pytest.raises(NotAllowed, match="data manager"):
            service(actor(role), ready.store, FILE, NAME, Answers(), at=AT)


def test_a_file_with_identifiers_is_refused_and_nothing_of_it_is_kept(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    with pytest.raises(FileRefused, match="identifier"):
        set_up.propose(manager, ready.store, FILE.replace(b"Comment", b"Patient Name"), NAME, at=AT)
    hidden = FILE.replace(b"S003,", b"Mr Smith,")
    tried = set_up.try_out(manager, ready.store, hidden, NAME, Answers(), at=AT)
    assert "patient name" in tried.refused
    with pytest.raises(FileRefused, match="patient name"):
        set_up.save(manager, ready.store, hidden, NAME, agreed(manager, ready.store, hidden), at=AT)
    with ready.store.read() as connection:
        assert profiles(connection) == ()


def test_day_and_month_that_no_row_tells_apart_must_be_chosen(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    both = FILE
    for day in range(10, 25):
        both = both.replace(f",{day}/03/2025".encode(), f",{day % 9 + 1:02d}/03/2025".encode())
    key = "date.acquired_at.Scan Time"
    waiting = set_up.propose(manager, ready.store, both, NAME, agreed(manager, ready.store, both), at=AT)
    assert [question.key for question in waiting.to_choose] == [key]
    assert [choice.value for choice in waiting.question(key).choices] == ["day first", "month first"]
    assert set_up.try_out(manager, ready.store, both, NAME, Answers(), at=AT).preview is None


def test_an_answer_that_is_not_offered_waits_again(ready, actor):
    answers = Answers({"file.kind": "something", "score.scale.Suspicion": "5 to 1"})
    proposal = set_up.propose(actor(Role.DATA_MANAGER), ready.store, FILE, NAME, answers, at=AT)
    for key in answers.given:
        assert proposal.question(key).fault
        assert not proposal.question(key).settled
