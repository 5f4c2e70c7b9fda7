"""Who gave an answer, who brought it, and a seal in the trail that tells nobody what it was."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveillance.domain.roles import Role
from surveillance.domain.truth_worklist import Answer
from surveillance.services.truth_import import import_answers
from surveillance.services.truth_reading import answer
from surveillance.services.truth_worklist import export_csv, worklist
from surveillance.storage.audit_trail import events as trail
from surveillance.storage.tables.truth_work import READING


@pytest.fixture
def audited(ready, words, small):
    """Return the ward under a plan that audits three in ten, its first week loaded and its sample drawn."""
    return small.draw(small.audit(ready, words), words, 1)


def kept(ward):
    with ward.store.read() as connection:
        return connection.execute(select(READING)).one(), trail(connection, newest=1)[0].payload


def digest(*parts):
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def test_the_seal_is_that_of_the_answer_and_cannot_be_found_by_trying_all_three(audited, actor, small):
    who, at = actor(Role.DEPUTY), small.monday(0) + timedelta(hours=2)
    answer(who, audited.store, 1, "S000", Answer.PRESENT, at=at)

    row, told = kept(audited)

    known = (told["case"], "reading", told["reader"])
    assert told["seal"] == digest(*known, "1", str(row.at), row.nonce)
    assert told["seal"] not in {digest(*known, said.value, str(row.at)) for said in Answer}
    assert row.nonce not in str(told)
    assert row.brought_by == who.person


def test_an_answer_that_another_person_brings_says_so(audited, actor, small):
    manager, at = actor(Role.DATA_MANAGER), small.monday(0) + timedelta(hours=2)
    header, first, *_ = export_csv(manager, audited.store, 1, "2025-W14", at=at).decode().splitlines()
    line = first.removesuffix(",,") + f",{actor(Role.DEPUTY).person},present"

    import_answers(manager, audited.store, 1, "2025-W14", f"{header}\n{line}\n".encode(), "back.csv", at=at)

    row, _ = kept(audited)
    assert (row.reader, row.brought_by) == (actor(Role.DEPUTY).person, manager.person)
    shown = {
        role: worklist(actor(role), audited.store, 1, "2025-W14", at=at).brought
        for role in (Role.DEPUTY, Role.RC_AI, Role.DATA_MANAGER)
    }
    assert "Answers under your name that were brought as a file: 1 by The data manager." in shown[Role.DEPUTY]
    assert shown[Role.RC_AI] == ""
    assert shown[Role.DATA_MANAGER].startswith("Answers that were brought as a file: 1 by The data manager for The dep")
