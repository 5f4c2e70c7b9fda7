"""A truth says how it was found, or its profile or its file is refused before a row is read."""

import pytest

from surveillance.errors import FileRefused, InvalidProfile
from surveillance.storage.outcome_log import load_profile, read_log
from surveillance.storage.outcome_log.ready_profiles import ready_profile
from surveillance.storage.outcome_log.unsourced import unsourced

OUTCOMES = """
profile = "truths"
version = 1
file = "outcomes"
{optional}
[constants]
model = "NeuroFlag"
site = "Northtown"
{constants}
[columns]
case_id = "Study"
truth = "Finding"
truth_recorded_at = "Told"
{columns}
"""


def outcomes(constants="", columns="", optional=""):
    return OUTCOMES.format(constants=constants, columns=columns, optional=optional)


def test_a_profile_of_truths_without_a_source_is_refused_and_says_what_to_write():
    with pytest.raises(InvalidProfile, match=r"how it was found: map columns\.truth_source.*constants\.truth_source"):
        load_profile(outcomes())
    with pytest.raises(InvalidProfile, match="optional names truth_source"):
        load_profile(outcomes(columns='truth_source = "By"', optional='optional = ["truth_source"]'))


@pytest.mark.parametrize("given", [{"constants": 'truth_source = "report"'}, {"columns": 'truth_source = "By"'}])
def test_a_constant_or_a_column_is_enough(given):
    profile = load_profile(outcomes(**given))
    data = b"Study,Finding,Told,By\na1,1,2026-05-04T10:00:00Z,report\n"
    assert read_log(data, "t.csv", profile).outcomes["truth_source"].tolist() == ["report"]
    assert unsourced(profile, ("Study", "Finding", "Told", "By")) == ""


def test_a_profile_of_two_products_needs_the_source_of_each():
    product = (
        '\n[[products]]\nconstants = {{ version = "1", model = "{model}"{more} }}\ncolumns = {{ truth = "{model}" }}'
    )
    toml = """
profile = "two"
version = 1
file = "results"
constants = { site = "s" }
columns = { case_id = "Study", acquired_at = "When", truth_recorded_at = "Told" }
"""
    first, second = product.format(model="A", more=', truth_source = "report"'), product.format(model="B", more="")
    with pytest.raises(InvalidProfile, match=r"products, number 2: .*how it was found"):
        load_profile(toml + first + second)


@pytest.mark.parametrize("name", ["canonical", "canonical-outcomes"])
def test_a_file_of_truths_whose_columns_name_no_source_is_refused_before_anything_is_stored(name):
    header = {
        "canonical": "case_id,model,version,site,acquired_at,truth,truth_recorded_at",
        "canonical-outcomes": "case_id,model,site,truth,truth_recorded_at",
    }[name]
    row = {"canonical": "a,m,1,s,2026-05-04T10:00:00Z,1,2026-05-05T10:00:00Z"}.get(name, "a,m,s,1,2026-05-05T10:00:00Z")
    with pytest.raises(FileRefused, match="truth_source"):
        read_log(f"{header}\n{row}\n".encode(), "t.csv", load_profile(ready_profile(name)))
