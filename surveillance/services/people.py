"""People and their roles: who is in this store, and as whom they act."""

import getpass
from datetime import datetime

from surveillance.domain.roles import Action, Actor, Role
from surveillance.errors import NotAllowed, NotFound
from surveillance.services.guard import guarded
from surveillance.storage import people
from surveillance.storage.store import Store


def actors(store: Store) -> tuple[Actor, ...]:
    """Return every person of a store in each role they hold: what a demonstration lets its reader pick from."""
    with store.read() as connection:
        return tuple(
            Actor(person.id, person.name, Role(role))
            for person in people.people(connection)
            for role in sorted(people.roles_of(connection, person.id))
        )


def demo_people(store: Store) -> tuple[Actor, ...]:
    """Return the people of a demonstration or check store that a reader may act as; nobody in a live store."""
    return tuple(a for a in actors(store) if a.person.startswith("demo.")) if store.kind != "live" else ()


def actor_named(store: Store, person: str | None, role: str | None = None) -> Actor:
    """Return a person as an actor: the one named, else the account of the operating system.

    Raises
    ------
    NotFound
        If the store does not know the person, or they hold no role.
    NotAllowed
        If they do not hold the role named.
    """
    with store.read() as connection:
        if person is not None:
            known = people.person(connection, person)
        else:
            account = people.person_by_account(connection, getpass.getuser())
            if account is None:
                raise NotFound(
                    f"The account '{getpass.getuser()}' is not known in this store. Name a person with --user,"
                    " or ask its administrator."
                )
            known = account
        roles = sorted(people.roles_of(connection, known.id))
    if not roles:
        raise NotFound(f"{known.name} holds no role in this store; ask its administrator.")
    if role is not None and role not in roles:
        raise NotAllowed(f"{known.name} does not hold the role {role} in this store, but {', '.join(roles)}.")
    return Actor(known.id, known.name, Role(role or roles[0]))


def signed_in(store: Store, identity: str) -> tuple[Actor, ...]:
    """Return a signed-in person in each role they hold in this store.

    Raises
    ------
    NotAllowed
        If the store does not know the identity, or the person holds no role in it.
    """
    found = tuple(actor for actor in actors(store) if actor.person == identity)
    if not found:
        raise NotAllowed("You are signed in, but hold no role in this store. Ask its administrator to add you.")
    return found


@guarded(Action.MANAGE_PEOPLE)
def add_person(actor: Actor, store: Store, person: str, name: str, roles: tuple[Role, ...], *, at: datetime) -> None:
    """Make a person known in this store, with their roles."""
    with store.write(actor=actor.person, role=actor.role.value, action=Action.MANAGE_PEOPLE.value, at=at) as unit:
        people.add_person(unit.connection, person_id=person, name=name, at=at)
        for role in roles:
            people.grant(unit.connection, person_id=person, role=role.value, at=at, by=actor.person)
        unit.record({"person": person, "name": name, "roles": [role.value for role in roles]})
