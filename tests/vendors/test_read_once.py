"""What is kept of a file between two answers changes nothing: each vendor's questions are those of a fresh reading."""

from datetime import UTC, datetime

from surveillance.services import set_up

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_the_questions_are_those_of_a_file_read_anew_after_each_answer(vendor, bare_store, manager):
    data, told = vendor.file.read_bytes(), vendor.told.get("answers", {})
    read, answers = set_up.ReadOnce(), set_up.Answers()
    for key in (*told, "", "", ""):
        kept = set_up.propose(manager, bare_store, data, vendor.file.name, answers, at=AT, read=read)
        assert kept == set_up.propose(manager, bare_store, data, vendor.file.name, answers, at=AT)
        tried = set_up.try_out(manager, bare_store, data, vendor.file.name, answers, at=AT, read=read)
        anew = set_up.try_out(manager, bare_store, data, vendor.file.name, answers, at=AT)
        assert (tried.rows, tried.sentence) == (anew.rows, anew.sentence)
        answers = answers.answer(key, told[key]) if key else answers.confirm(kept.questions)
