"""Every exported statistic explains itself: the Methods page is made of these docstrings and of nothing else."""

from collections import Counter

import pytest

from surveillance.metrics.topic import Topic
from surveillance.services.methods import documented, public_statistics, topic_of

every_statistic = pytest.mark.parametrize(
    "code", [pytest.param(code, id=name) for name, _, code in public_statistics()]
)
every_entry = pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.name) for entry in documented()])


@every_statistic
def test_names_its_topic(code):
    assert topic_of(code) in Topic


def test_no_two_entries_share_an_address():
    assert [name for name, times in Counter(entry.name for entry in documented()).items() if times > 1] == []


@every_entry
def test_opens_with_one_sentence(entry):
    assert entry.said.sentence.endswith(".")
    assert len(entry.said.sentence) <= 200


@every_entry
def test_says_what_it_assumes_and_what_it_is_not_for(entry):
    assert entry.said.assumes
    assert entry.said.not_for


@every_entry
def test_says_where_it_departs_from_the_published_rule_and_why(entry):
    assert entry.said.departs
    if entry.departure:
        assert entry.departure.done
        assert entry.departure.why, "a departure says why: ..., because ..."


@every_entry
def test_names_its_source_or_says_that_it_is_a_definition_of_this_product(entry):
    assert entry.said.references


@every_entry
def test_has_an_example_that_can_be_run(entry):
    assert ">>>" in entry.said.example
