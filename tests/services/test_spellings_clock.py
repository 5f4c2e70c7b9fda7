"""A spelling signed with a profile under a clock set back counts after what was judged; the picture of then stays."""

from surveillance.services.version_spellings import sign_spellings
from surveillance.storage.logs import read_cases
from surveillance.storage.outcome_log.profile import load_profile
from surveillance.storage.quarantine import quarantine
from surveillance.storage.times import to_micros

PROFILE = """
profile = "ward"
version = 1
file = "results"
[columns]
case_id = "Study"
acquired_at = "Scan"
version = "Version"
[constants]
model = "NeuroFlag"
site = "Millford"
[aliases.version]
"v3.2.1" = "3.2.1"
"""


def signed(ward, at):
    with ward.store.write(actor="data_manager", role="data_manager", action="keep mapping profiles", at=at) as unit:
        told = sign_spellings(unit.connection, load_profile(PROFILE), at=at, by="data_manager")
        unit.record({"signed_for": list(told)})
    return told


def test_it_counts_after_what_was_judged(ready, words):
    ready.load(words.results(0).assign(version="v3.2.1"), words.monday(0))
    ready.load(words.results(1), words.monday(1))
    ready.evaluate(words.monday(1))
    judged = to_micros(words.monday(1))
    with ready.store.read() as connection:
        before, waited = read_cases(connection, 1, judged), quarantine(connection, judged)

    told = signed(ready, words.monday(0))

    with ready.store.read() as connection:
        assert read_cases(connection, 1, judged).equals(before)
        assert quarantine(connection, judged) == waited
        assert len(read_cases(connection, 1, judged + 1)) == len(words.results(0)) + len(words.results(1))
    assert [line.split(": ")[-1] for line in told] == ["v3.2.1 = 3.2.1"]


def test_it_is_signed_once_however_often_the_profile_is_saved(ready, words):
    assert signed(ready, words.monday(0)) == signed(ready, words.monday(1))
