"""Who may do what: the lines that DESIGN section 7 draws, and that nothing is allowed by omission."""

import pytest

from surveillance.domain.roles import MAY, ROLE_WORDS, Action, Role, may, refusal

DESIGN_ROLES = [
    *("radiographer", "rc_ai", "deputy", "safety_officer", "physicist"),
    *("data_manager", "governance", "trainee", "faculty", "administrator"),
]


def holders(action):
    return {role.value for role in Role if may(role, action)}


def test_the_roles_are_those_of_the_design_and_each_has_a_word():
    assert [role.value for role in Role] == DESIGN_ROLES
    assert set(ROLE_WORDS) == set(Role)


def test_every_action_stands_in_the_table_and_somebody_may_do_it():
    assert set(MAY) == set(Action)
    assert all(holders(action) for action in Action)


def test_only_the_designated_radiologist_or_deputy_signs_a_stop():
    assert holders(Action.SIGN_STOP_USE) == {"rc_ai", "deputy"}


def test_a_radiographer_may_ask_for_a_stop_and_sign_the_week():
    assert may(Role.RADIOGRAPHER, Action.REQUEST_STOP)
    assert may(Role.RADIOGRAPHER, Action.SIGN_WEEK)


def test_governance_reads_aggregates_and_signs_no_clinical_decision():
    assert may(Role.GOVERNANCE, Action.READ_SURVEILLANCE)
    assert not any(
        may(Role.GOVERNANCE, action) for action in (Action.READ_CASES, Action.SIGN_STOP_USE, Action.SIGN_WEEK)
    )


def test_an_administrator_installs_and_decides_nothing_clinical():
    assert may(Role.ADMINISTRATOR, Action.MANAGE_PEOPLE)
    assert not any(
        may(Role.ADMINISTRATOR, action) for action in (Action.SIGN_STOP_USE, Action.SIGN_WEEK, Action.ANSWER_ALARM)
    )


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.FACULTY])
def test_those_who_learn_and_teach_see_nothing_of_the_live_surveillance(role):
    assert {action for action in Action if may(role, action)} == {Action.READ_METHODS}


def test_a_refusal_names_who_may():
    assert refusal(Role.RADIOGRAPHER, Action.SIGN_STOP_USE) == (
        "A radiographer may not sign or decline a stop-use notice:"
        " deputy radiologist (RC-AI) or radiologist (RC-AI) may."
    )
    assert refusal(Role.ADMINISTRATOR, Action.ANSWER_ALARM).startswith("An administrator may not answer an alarm: ")
