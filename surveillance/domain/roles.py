"""Who may do what: one table of role and action, read by the guard of every service."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of a department; a person may hold several and acts in one at a time."""

    RADIOGRAPHER = "radiographer"
    RC_AI = "rc_ai"
    DEPUTY = "deputy"
    SAFETY_OFFICER = "safety_officer"
    PHYSICIST = "physicist"
    DATA_MANAGER = "data_manager"
    GOVERNANCE = "governance"
    TRAINEE = "trainee"
    FACULTY = "faculty"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """Return what the screen says."""
        return ROLE_WORDS[self]


ROLE_WORDS = {
    Role.RADIOGRAPHER: "radiographer",
    Role.RC_AI: "radiologist (RC-AI)",
    Role.DEPUTY: "deputy radiologist (RC-AI)",
    Role.SAFETY_OFFICER: "clinical safety officer",
    Role.PHYSICIST: "medical physicist",
    Role.DATA_MANAGER: "data manager",
    Role.GOVERNANCE: "governance lead",
    Role.TRAINEE: "trainee",
    Role.FACULTY: "faculty",
    Role.ADMINISTRATOR: "administrator",
}


class Action(StrEnum):
    """Everything that a person may ask of the services."""

    READ_SURVEILLANCE = "read surveillance"
    READ_CASES = "read case rows"
    LOAD_LOG = "load a log"
    WITHDRAW_BATCH = "withdraw a loaded file"
    KEEP_PROFILES = "keep mapping profiles"
    REGISTER_PRODUCT = "register a product or version"
    SIGN_ALIAS = "sign that two names mean one version"
    WITHDRAW_NAME = "take back a signed name of a version"
    WITHDRAW_REGISTRATION = "take back a registration"
    LOG_EVENT = "log or withdraw a known event"
    ADD_PLAN = "add a surveillance plan"
    RUN_EVALUATION = "run the weekly evaluation"
    ANSWER_ALARM = "answer an alarm"
    SIGN_WEEK = "sign the weekly review"
    REQUEST_STOP = "ask for a stop-use notice"
    SIGN_STOP_USE = "sign or decline a stop-use notice"
    READ_FOR_TRUTH = "read studies for the truth"
    KEEP_WORKLIST = "draw, exchange or hand in a truth worklist"
    VERIFY_TRAIL = "verify the audit trail"
    MANAGE_PEOPLE = "manage people and roles"
    READ_METHODS = "read the methods"


EVERYONE_AT_WORK = frozenset(Role) - {Role.TRAINEE, Role.FACULTY}

MAY: dict[Action, frozenset[Role]] = {
    Action.READ_SURVEILLANCE: EVERYONE_AT_WORK,
    Action.READ_CASES: EVERYONE_AT_WORK - {Role.GOVERNANCE},
    Action.LOAD_LOG: frozenset({Role.RADIOGRAPHER, Role.DATA_MANAGER, Role.ADMINISTRATOR}),
    Action.WITHDRAW_BATCH: frozenset({Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR}),
    Action.KEEP_PROFILES: frozenset({Role.DATA_MANAGER, Role.ADMINISTRATOR}),
    Action.REGISTER_PRODUCT: frozenset({Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR}),
    Action.SIGN_ALIAS: frozenset({Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR}),
    Action.WITHDRAW_NAME: frozenset({Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR}),
    Action.WITHDRAW_REGISTRATION: frozenset({Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR}),
    Action.LOG_EVENT: frozenset(
        {Role.RADIOGRAPHER, Role.RC_AI, Role.DEPUTY, Role.PHYSICIST, Role.DATA_MANAGER, Role.ADMINISTRATOR}
    ),
    Action.ADD_PLAN: frozenset({Role.RC_AI, Role.ADMINISTRATOR}),
    Action.RUN_EVALUATION: frozenset(
        {Role.RADIOGRAPHER, Role.DATA_MANAGER, Role.RC_AI, Role.DEPUTY, Role.PHYSICIST, Role.ADMINISTRATOR}
    ),
    Action.ANSWER_ALARM: frozenset({Role.RADIOGRAPHER, Role.RC_AI, Role.DEPUTY, Role.SAFETY_OFFICER}),
    Action.SIGN_WEEK: frozenset({Role.RADIOGRAPHER, Role.RC_AI, Role.DEPUTY}),
    Action.REQUEST_STOP: frozenset({Role.RADIOGRAPHER, Role.SAFETY_OFFICER, Role.PHYSICIST}),
    Action.SIGN_STOP_USE: frozenset({Role.RC_AI, Role.DEPUTY}),
    Action.READ_FOR_TRUTH: frozenset({Role.RC_AI, Role.DEPUTY}),
    Action.KEEP_WORKLIST: frozenset({Role.RC_AI, Role.DEPUTY, Role.DATA_MANAGER}),
    Action.VERIFY_TRAIL: EVERYONE_AT_WORK,
    Action.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Action.READ_METHODS: frozenset(Role),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A named person acting in one role; identity is always an argument, never looked up."""

    person: str
    name: str
    role: Role


def may(role: Role, action: Action) -> bool:
    """Say whether a role is allowed an action; what is not in the table is refused.

    >>> may(Role.RADIOGRAPHER, Action.SIGN_STOP_USE)
    False
    """
    return role in MAY.get(action, frozenset())


def refusal(role: Role, action: Action) -> str:
    """Return the sentence that tells a person who may do what they asked.

    >>> refusal(Role.TRAINEE, Action.SIGN_STOP_USE)
    'A trainee may not sign or decline a stop-use notice: deputy radiologist (RC-AI) or radiologist (RC-AI) may.'
    """
    able = sorted(ROLE_WORDS[holder] for holder in MAY.get(action, frozenset()))
    who = " or ".join([", ".join(able[:-1]), able[-1]] if len(able) > 1 else able) if able else "nobody"
    article = "An" if role.words[0] in "aeio" else "A"
    return f"{article} {role.words} may not {action.value}: {who} may."
