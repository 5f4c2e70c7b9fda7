"""A profile is refused with the key that is wrong, and keeps every idea of the example."""

from pathlib import Path

import pytest

from surveillance.errors import InvalidProfile
from surveillance.storage.outcome_log import load_profile, read_log

EXAMPLE = Path(__file__).with_name("northtown.toml").read_text("utf-8")


def test_the_example_profile_reads_a_file_written_as_it_says():
    lines = [
        "Northtown General", "Export of May",
        "StudyRef;SWVersion;ScanTime;Scanner;Age;JobStatus;Suspicion%;Flag;"
        "FinalDiagnosis;DiagnosisDate",
        "A1;v3.2.1;04/05/2026 10:30;CT 1;71;OK;85,5;Y;Positive;06/05/2026",
        "A2;3.2.1;04/05/2026 11:00;CT 1;39;FAILED;;;;",
        "Total;;;;;;;;;2",
    ]  # fmt: skip
    parsed = read_log("\r\n".join(lines).encode("cp1252"), "may.csv", load_profile(EXAMPLE))

    assert parsed.held == ()
    first, second = parsed.cases.to_dict("records")
    assert (first["case_id"], first["model"], first["site"]) == ("A1", "NeuroFlag", "Northtown")
    assert (first["version"], second["version"]) == ("3.2.1", "3.2.1")
    assert first["acquired_at"] == 1_777_887_000_000_000  # 2026-05-04 09:30 UTC, summer time
    assert (first["score"], first["called"], first["age_band"]) == (0.855, 1, "65-74")
    assert (second["status"], second["age_band"]) == ("failed", "0-39")
    (outcome,) = parsed.outcomes.to_dict("records")
    assert (outcome["truth"], outcome["recorded_at"]) == (1, 1_778_108_399_999_999)  # the last moment of 6 May, BST
    assert "Line 6" in parsed.notes[0]
    assert parsed.understood.header_row == 3


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('delimiter = ";"', 'delimitor = ";"', "delimitor"),
        ("version = 2", "version = 0", "version"),
        ('file = "results"', 'file = "scans"', "file"),
        ('scanner = "Scanner"', 'scaner = "Scanner"', "columns.scaner is no column of a results file"),
        ('case_id = "StudyRef"', "", "columns.case_id is missing"),
        ('site = "Northtown"', "", "columns.site is missing"),
        ('model = "NeuroFlag"', 'model = "NeuroFlag"\nscanner = "x"', "scanner has both a column and a constant"),
        ('format = "%d/%m/%Y"', 'format = "%d/%m/%Q"', "%Q"),
        ('format = "%d/%m/%Y"', 'format = "%d/%m"', "must say day, month and year"),
        (', at = "end of day"', "", "needs at ="),
        ('at = "end of day"', 'at = "teatime"', "at"),
        ("Europe/London", "Europe/Londres", "Europe/Londres"),
        ("from = 0", "from = 100", "'from' must be below 'to'"),
        ("[0, 40, 65, 75, 120]", "[0, 65, 40]", "bands.age_band"),
        ('"indeterminate"', '"perhaps"', "values.truth.Equivocal gives 'perhaps'"),
        ('truth_recorded_at = "DiagnosisDate"', "", "dates.truth_recorded_at"),
        ("whole_file_above = 0.02", "whole_file_above = 2", "whole_file_above"),
        ("[hold]", "[threshold]\nvalue = 0.5\n[hold]", "called is mapped, so threshold has nothing to derive"),
        ("[hold]", "[outcome]\nlag_days = 30\n[hold]", "exclude each other"),
        ("[hold]", '[groups]\nscanner = "Y"\n[hold]', "groups.scanner"),
        ("[hold]", '[prefix]\nkernel = "K"\n[hold]', "prefix.kernel has nothing to act on"),
        ("version = 2", 'version = 2\noptional = ["case_id"]', "optional names case_id"),
        ("version = 2", "version = ", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_wrong_key_is_named(old, new, named):
    assert old in EXAMPLE
    with pytest.raises(InvalidProfile) as refused:
        load_profile(EXAMPLE.replace(old, new, 1) if old != "Europe/London" else EXAMPLE.replace(old, new))
    assert named in str(refused.value)


def test_any_column_may_be_a_constant():
    text = EXAMPLE.replace('site = "Northtown"', 'site = "Northtown"\nsampling_fraction = 0.1')

    assert load_profile(text).constants["sampling_fraction"] == "0.1"
    with pytest.raises(InvalidProfile, match=r"constants.sampling_fraction is '1.5'"):
        load_profile(text.replace("0.1", "1.5"))
    with pytest.raises(InvalidProfile, match=r"constants.truth_source gives 'rumour'"):
        load_profile(text.replace('truth_source = "adjudication"', 'truth_source = "rumour"'))
