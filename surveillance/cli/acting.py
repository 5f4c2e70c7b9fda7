"""Opening the store and naming the person, for every command that acts."""

from surveillance.domain.roles import Actor
from surveillance.services import people, stores
from surveillance.services.stores import Store


def acting(url: str | None, user: str | None, role: str | None = None) -> tuple[Actor, Store]:
    """Return the person and the store a command works with."""
    store = stores.open_store(url)
    return people.actor_named(store, user, role), store
