"""What a file does not say is asked and never assumed; whatever the file, there is a proposal or a refusal in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveillance.errors import FileRefused, InvalidProfile
from surveillance.storage.outcome_log.canonical import read_log
from surveillance.storage.outcome_log.guessing.draft import Known
from surveillance.storage.outcome_log.guessing.proposal import Answers
from surveillance.storage.outcome_log.guessing.propose import propose_profile
from surveillance.storage.outcome_log.profile import load_profile

HEADER = "StudyRef,ScanTime,SWVersion,Hospital,Product,Suspicion,Flag"
KNOWN = Known(
    deployments=(("NeuroFlag", "2.0.1", "Northtown"),), profiles=(("export", 3),), ready_profiles=("canonical",)
)


def settled(text, told=None, known=KNOWN):
    """Return the proposal and profile after a person agreed with everything that is proposed."""
    answers, data = Answers(told or {}), text if isinstance(text, bytes) else text.encode()
    for _ in range(9):
        proposal, toml = propose_profile(data, "f.csv", answers, known)
        answers = answers.confirm(proposal.questions)
    return proposal, toml


def rows(count=40, *, header=HEADER, score="0.{n:02d}", time="25/03/2025 10:05", version="2.0.1", more=""):
    lines = [
        f"s{n},{time.format(n=n)},{version},Northtown,NeuroFlag,{score.format(n=n)},{'Y' if n > 20 else 'N'}{more}"
        for n in range(count)
    ]
    return "\n".join([header, *lines, ""])


def to_choose(text, **options):
    return [question.key for question in settled(text, **options)[0].to_choose]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (rows(header=HEADER.replace("Suspicion", "Prob %")), "score.scale.Prob %"),
        (rows(5), "score.scale.Suspicion"),
        (rows(score='"1,{n:03d}"'), "file.decimal"),
        (rows(time="29/03/2026 01:{n:02d}"), "date.acquired_at.ScanTime.zone"),
        (rows(time="05/03/2026 01:{n:02d}"), "date.acquired_at.ScanTime"),
        (rows(header=HEADER + ",Flagged", more=",Y"), "column.called"),
        (rows().replace(",Y\n", ",maybe\n"), "value.called.Flag.maybe"),
        (rows(header=HEADER.replace("Product", "Batch"), more=""), "constant.model"),
        (rows(header=HEADER.replace("Flag", "Ticket")), "score.threshold.Suspicion"),
        (rows(header=HEADER + ",Diagnosis", more=",Positive"), "truth.lag"),
    ],
)
def test_what_the_file_does_not_say_must_be_chosen(text, key):
    assert key in to_choose(text)


@pytest.mark.parametrize("version", ["v2.0.1", "Version 2.0.1", "V2.0.1"])
def test_another_spelling_of_a_registered_version_is_proposed_and_another_version_is_not(version):
    proposal, _ = settled(rows(version=version))
    assert proposal.question(f"version.{version}").proposed == "2.0.1"
    assert not settled(rows(version="2.0.2"))[0].of("versions")


def test_an_existing_name_becomes_its_next_version_and_a_name_of_ours_is_refused():
    proposal, _ = settled(rows())
    assert "version 4" in proposal.question("name").evidence
    asked, _ = propose_profile(rows().encode(), "f.csv", Answers({"name": "canonical"}), KNOWN)
    assert "comes with the product" in asked.question("name").fault
    assert not asked.question("name").settled


def test_a_column_that_is_empty_today_is_read_and_what_stands_in_it_later_is_held():
    header = HEADER + ",Diagnosis,DiagnosisDate,Source"
    proposal, toml = settled(rows(header=header, more=",,,"))
    assert proposal.question("column.truth").proposed == "Diagnosis"
    later = rows(1, header=header, more=",Positive,26/03/2025,report")
    assert "Diagnosis" in {fault.column for fault in read_log(later.encode(), "f.csv", load_profile(toml)).held}


def test_a_truth_without_its_source_is_held_and_does_not_stop_the_file():
    header = HEADER + ",Diagnosis,Diagnosis Date,Truth Source"
    text = rows(header=header, more=",Positive,26/03/2025,report").replace("report\ns1,", "\ns1,")
    _, toml = settled(text)
    held = read_log(text.encode(), "f.csv", load_profile(toml)).held
    assert [(fault.line, fault.column) for fault in held] == [(2, "Truth Source")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("StudyRef,ScanTime,Score,Score\na,1,2,3\n", "'Score' twice"),
        ("a,25/03/2025,3.2\nb,26/03/2025,3.2\n", "looks like a header"),
        (rows(header=HEADER.replace("Hospital", "NHS number Surname")), "identifier"),
        (b"\x00\x01\x02\x03" * 40, "."),
    ],
)
def test_a_file_that_cannot_be_set_up_is_refused_in_words(text, says):
    with pytest.raises(FileRefused, match=says):
        settled(text)


def accounted(text, toml):
    """Return why a file cannot be read through its profile, "." where each of its rows is accepted or held."""
    try:
        parsed = read_log(text.encode(), "f.csv", load_profile(toml))
    except (FileRefused, InvalidProfile) as refusal:
        return str(refusal)
    return "." if parsed.rows_accepted + parsed.rows_held == parsed.rows else "lost rows"


CELLS = st.sampled_from([
    "", "Y", "N", "0.5", "85,5", "n/a", "-", "1", "0", "25/03/2025", "03/04/2025 10:05", "2025-03-25T10:05:00Z",
    "45740.5",
    "Positive", "no bleed", "v2.0.1", "2.0.1", "Northtown", "NeuroFlag", "Total", "a\nb", 'say "x"', "é £ °", "10:15",
])  # fmt: skip
NAMES = st.sampled_from([
    "Study", "Scan Date", "Scan Time", "Score", "AI Flag", "Result", "Diagnosis", "Report Date", "Site", "Product",
    "Version", "Age", "Sex", "Status", "Note", "A1 Score", "B2 Score", "A1 Flag", "Source", "",
])  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.data(), st.lists(NAMES, min_size=1, max_size=9), st.sampled_from([",", ";", "\t"]))
def test_any_file_gives_a_proposal_or_a_refusal_and_a_settled_one_gives_a_profile_that_reads_it(data, names, mark):
    lines = data.draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), max_size=12))
    quoted = ['"' + cell.replace('"', '""') + '"' for line in lines for cell in line]
    width = len(names)
    body = [mark.join(quoted[n : n + width]) for n in range(0, len(quoted), width)]
    text = "\n".join([mark.join(names), *body, ""])
    try:
        proposal, toml = settled(text)
    except FileRefused as refusal:
        said = str(refusal)
    else:
        said = accounted(text, toml) if proposal.can_be_saved else "."
    assert said.endswith(".")
