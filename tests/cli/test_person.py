"""Making people known at the command line: an administrator does, nobody else."""


def test_an_administrator_makes_a_person_known_who_then_acts_in_that_role(run, live):
    added = run("person", "add", "a.rahman", "--name", "Dr A. Rahman", "--as", "rc_ai")
    assert (added.code, added.out.strip()) == (0, "Dr A. Rahman is known as a.rahman: radiologist (RC-AI).")

    refused = run("ingest", __file__, "--profile", "canonical", "--user", "a.rahman")
    assert refused.code == 3
    assert "A radiologist (RC-AI) may not load a log" in refused.err

    assert run("person", "add", "b", "--name", "B", "--as", "rc_ai", "--user", "a.rahman").code == 3
