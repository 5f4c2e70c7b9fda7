"""Weekly files are recognised by their whole header; a changed one shows its difference and waits."""

import random
from datetime import UTC, datetime

import pytest

from surveillance.domain.roles import Role
from surveillance.services import recognition, set_up
from surveillance.services.set_up import Answers

AT = datetime(2025, 6, 2, 9, tzinfo=UTC)
NAMES = ["StudyRef", "Scan Time", "SWVersion", "Hospital", "Product", "Suspicion", "Flag", "Comment"]


def file_of(names, *, delimiter=",", title=""):
    rows = [
        {"StudyRef": f"S{n}", "Scan Time": f"{13 + n % 9}/03/2025 10:05", "SWVersion": "3.2.1", "Hospital": "Millford",
         "Product": "NeuroFlag", "Suspicion": f"{n / 40:.3f}", "Flag": "Y" if n > 20 else "N"}
        for n in range(40)
    ]  # fmt: skip
    lines = [delimiter.join(names), *(delimiter.join(row.get(name, "x") for name in names) for row in rows)]
    return (title + "\n".join(lines) + "\n").encode()


def kept(store, manager, data, name):
    answers = Answers({"name": name})
    for _ in range(9):
        answers = answers.confirm(set_up.propose(manager, store, data, "f.csv", answers, at=AT).questions)
    return set_up.save(manager, store, data, "f.csv", answers, at=AT)


def seen(ward, actor, data):
    return recognition.recognise(actor(Role.RADIOGRAPHER), ward.store, data, "week.csv")


def test_a_store_without_profiles_knows_no_file(ready, actor):
    assert seen(ready, actor, file_of(NAMES)).state == "unknown"


@pytest.mark.parametrize("title", ["", "Weekly export\n"])
def test_the_same_columns_in_any_order_and_under_a_title_are_the_same_file(ready, actor, title):
    kept(ready.store, actor(Role.DATA_MANAGER), file_of(NAMES), "millford")
    shuffled = random.Random(4).sample(NAMES, len(NAMES))
    found = seen(ready, actor, file_of(shuffled, title=title))
    assert (found.state, found.profile, found.change) == ("known", "millford", None)


@pytest.mark.parametrize(
    ("names", "gone", "new", "renamed", "needed"),
    [
        ([*NAMES, "Priority"], (), ("Priority",), (), ()),
        (NAMES[:-1], ("Comment",), (), (), ()),
        (
            [*NAMES[:5], "AI Score", *NAMES[6:]],
            ("Suspicion",),
            ("AI Score",),
            (("Suspicion", "AI Score"),),
            ("Suspicion",),
        ),
    ],
    ids=["a new column", "a column gone", "a column renamed"],
)
def test_a_changed_header_shows_what_changed_and_waits(ready, actor, names, gone, new, renamed, needed):
    kept(ready.store, actor(Role.DATA_MANAGER), file_of(NAMES), "millford")
    found = seen(ready, actor, file_of(names))
    assert (found.state, found.profile) == ("changed", "millford")
    assert (found.change.gone, found.change.new, found.change.needed) == (gone, new, needed)
    assert tuple((one.before, one.now) for one in found.change.renamed) == renamed
    assert "Nothing is read until a person has looked at it" in found.sentence


def test_a_header_of_two_profiles_leaves_the_choice_to_a_person(ready, actor):
    for name in ("millford", "southam"):
        kept(ready.store, actor(Role.DATA_MANAGER), file_of(NAMES), name)
    found = seen(ready, actor, file_of(NAMES))
    assert (found.state, found.profile, found.profiles) == ("several", None, ("millford", "southam"))


def test_a_header_set_up_anew_is_known_by_the_newest_version_alone(ready, actor):
    manager = actor(Role.DATA_MANAGER)
    kept(ready.store, manager, file_of(NAMES), "millford")
    kept(ready.store, manager, file_of([*NAMES[:5], "AI Score", *NAMES[6:]]), "millford")
    assert seen(ready, actor, file_of(NAMES)).state == "changed"


def test_another_vendors_file_is_unknown(ready, actor):
    kept(ready.store, actor(Role.DATA_MANAGER), file_of(NAMES), "millford")
    assert seen(ready, actor, b"a;b;c;d\n1;2;3;4\n").state == "unknown"
