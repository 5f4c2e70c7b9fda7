"""A deployment that cannot be judged holds up no other: it is named with the reason and stays due."""

import pytest

from surveillance.errors import NotEstimable
from surveillance.services import judging
from surveillance.storage.evaluations import series


@pytest.fixture
def two_sites(ready, words, monkeypatch):
    """Return a ward with a second site whose judging fails as the test says."""
    ready.plan(words.plan_toml(sites=["Alderton", words.SITE], plan="both sites"), words.MADE_AT)
    ready.register(site="Alderton")
    other = words.results(0).assign(site="Alderton")
    ready.load(words.results(0), words.monday(0))
    ready.load(other.assign(case_id="B" + other["case_id"]), words.monday(0), name="alderton.csv")
    honest = judging.judge

    def fail_with(error):
        def judge(url, due, seen_by):
            if due.deployment.site == "Alderton":
                raise error
            return honest(url, due, seen_by)

        monkeypatch.setattr(judging, "judge", judge)

    return ready, fail_with


def weeks_kept(ward, words):
    """Return how many evaluations each site has."""
    with ward.store.read() as connection:
        return {site: len(series(connection, number)) for number, site in ((1, words.SITE), (2, "Alderton"))}


def test_a_reason_is_told_and_the_other_site_is_kept(two_sites, words):
    ward, fail_with = two_sites
    fail_with(NotEstimable("This site's scores tell nothing"))

    run = ward.evaluate(words.monday(0))

    assert weeks_kept(ward, words) == {words.SITE: 1, "Alderton": 0}
    assert (run.deployments, run.weeks) == (1, 1)
    assert "Could not be judged" in run.sentence
    assert "Alderton (This site's scores tell nothing)" in run.sentence


def test_a_fault_of_the_program_is_raised_once_the_other_site_is_kept(two_sites, words):
    ward, fail_with = two_sites
    fail_with(ZeroDivisionError("a fault"))

    with pytest.raises(ZeroDivisionError):
        ward.evaluate(words.monday(0))

    assert weeks_kept(ward, words) == {words.SITE: 1, "Alderton": 0}


def test_what_could_not_be_judged_stays_due(two_sites, words, monkeypatch):
    ward, fail_with = two_sites
    fail_with(NotEstimable("not today"))
    ward.evaluate(words.monday(0))
    monkeypatch.undo()

    assert ward.evaluate(words.monday(0)).weeks == 1
    assert weeks_kept(ward, words) == {words.SITE: 1, "Alderton": 1}
