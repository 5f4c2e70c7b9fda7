"""The mapping profiles that come with the product."""

from importlib.resources import files

from surveillance.errors import NotFound


def ready_profile_names() -> tuple[str, ...]:
    """Return the names of the ready-made profiles.

    Examples
    --------
    >>> ready_profile_names()
    ('canonical', 'canonical-orders', 'canonical-outcomes', 'cardiac-surgery')
    """
    folder = files("surveillance.storage.outcome_log.profiles")
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


def ready_profile(name: str) -> str:
    """Return the TOML text of a ready-made profile.

    Raises
    ------
    NotFound
        If there is none of that name.
    """
    if name not in ready_profile_names():
        raise NotFound(f"There is no ready-made profile '{name}'. There are: {', '.join(ready_profile_names())}.")
    return (files("surveillance.storage.outcome_log.profiles") / f"{name}.toml").read_text("utf-8")
