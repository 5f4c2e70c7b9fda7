"""Times that cannot be are held with their line, whatever the profile says of the rest of the row."""

from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.times import EVER

HEADER = b"case_id,model,version,site,acquired_at,status,score,called,result_at\n"
TRUTHS = b"case_id,model,site,truth,truth_recorded_at,truth_source\n"


def row(case_id, acquired, result):
    return f"{case_id},NeuroFlag,3.2.1,Millford,{acquired}T10:00:00Z,processed,0.5,true,{result}T10:05:00Z\n".encode()


def test_a_study_of_the_future_and_a_result_before_its_study_are_held(ready, words):
    data = HEADER + row("good", "2025-03-04", "2025-03-04")
    data += row("future", "2027-03-01", "2027-03-01") + row("early", "2025-03-05", "2025-03-04")

    preview = ready.preview(data, words.monday(1))
    ready.load(data, words.monday(1))

    assert [(held.line, held.column) for held in preview.held] == [(3, "acquired_at"), (4, "result_at")]
    assert preview.accepted == 1
    with ready.store.read() as connection:
        assert read_cases(connection, 1, EVER)["case_id"].tolist() == ["good"]


def test_a_truth_of_the_future_is_held(ready, words):
    data = TRUTHS + b"a,NeuroFlag,Millford,1,2025-03-05T10:00:00Z,adjudication\n"
    data += b"b,NeuroFlag,Millford,0,2031-03-05T10:00:00Z,adjudication\n"

    preview = ready.preview(data, words.monday(1))
    ready.load(data, words.monday(1))

    assert [(held.line, held.rule) for held in preview.held] == [(3, "a truth is not recorded in the future")]
    with ready.store.read() as connection:
        assert read_outcomes(connection, 1, EVER)["case_id"].tolist() == ["a"]


def test_a_row_whose_truth_is_of_the_future_is_held_whole_in_a_log_of_one_file(ready, words):
    data = HEADER.replace(b"result_at", b"result_at,truth,truth_recorded_at,truth_source")
    data += row("good", "2025-03-04", "2025-03-04").rstrip(b"\n") + b",1,2025-03-05T10:00:00Z,adjudication\n"
    data += row("odd", "2025-03-04", "2025-03-04").rstrip(b"\n") + b",1,2031-03-05T10:00:00Z,adjudication\n"

    preview = ready.preview(data, words.monday(1))
    receipt = ready.load(data, words.monday(1))

    assert (preview.rows, preview.accepted, [held.line for held in preview.held]) == (2, 1, [3])
    assert (receipt.rows_accepted, receipt.rows_held) == (1, 1)
    with ready.store.read() as connection:
        assert read_cases(connection, 1, EVER)["case_id"].tolist() == ["good"]
        assert read_outcomes(connection, 1, EVER)["case_id"].tolist() == ["good"]
