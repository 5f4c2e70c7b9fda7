"""The guard at the door of every service: role and action are checked here, whatever a page shows or hides."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from surveillance.domain.roles import Action, Actor, may, refusal
from surveillance.errors import NotAllowed
from surveillance.services.clock import now
from surveillance.storage.people import roles_of
from surveillance.storage.store import Store

P = ParamSpec("P")
R = TypeVar("R")
Service = Callable[Concatenate[Actor, Store, P], R]


def guarded(action: Action) -> Callable[[Service[P, R]], Service[P, R]]:
    """Let a service run only for a person whose role allows the action, as the store knows them now.

    The role is read from the store at every call, so that a right taken away ends at the next one. A
    refusal is kept in the audit trail and told in a sentence that names who may.

    Raises
    ------
    NotAllowed
        If the role may not, or the person does not hold it.
    """

    def wrap(service: Service[P, R]) -> Service[P, R]:
        @wraps(service)
        def check(actor: Actor, store: Store, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(actor.role, action):
                _refuse(actor, store, action, refusal(actor.role, action))
            with store.read() as connection:
                held = roles_of(connection, actor.person)
            if actor.role.value not in held:
                _refuse(actor, store, action, f"{actor.name} does not hold the role {actor.role.words} in this store.")
            return service(actor, store, *args, **kwargs)

        check.__dict__["action"] = action
        return cast("Service[P, R]", check)

    return wrap


def _refuse(actor: Actor, store: Store, action: Action, sentence: str) -> None:
    with store.write(actor=actor.person, role=actor.role.value, action="refused", at=now()) as unit:
        unit.record({"asked": action.value})
    raise NotAllowed(sentence)
