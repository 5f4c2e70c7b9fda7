"""Weekly files are recognised by their header; a changed header shows the difference and waits for a person."""

from dataclasses import dataclass
from typing import Literal

from surveillance.domain.roles import Action, Actor
from surveillance.errors import FileRefused
from surveillance.services.guard import guarded
from surveillance.services.header_change import HeaderChange as HeaderChange
from surveillance.services.header_change import Renamed as Renamed
from surveillance.services.header_change import header_change
from surveillance.storage import profile_headers
from surveillance.storage.outcome_log.containers import Container, open_container
from surveillance.storage.outcome_log.guessing.sample import open_file
from surveillance.storage.outcome_log.layout import find_layout
from surveillance.storage.outcome_log.profile import load_profile
from surveillance.storage.profile_headers import KnownHeader
from surveillance.storage.store import Store

NEAR = 0.5  # share of columns in common from which on a header is taken for a changed one


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file's header says of it.

    Attributes
    ----------
    state : "known": its whole header is that of `profile`, which may read it at once; "changed": nearest to
        `profile`, the difference waits for a person; "unknown": set it up; "several": more than one profile is
        known by this header and a person chooses among `profiles`
    """

    state: Literal["known", "changed", "unknown", "several"]
    profile: str | None
    profiles: tuple[str, ...]
    change: HeaderChange | None
    sentence: str


@guarded(Action.LOAD_LOG)
def recognise(actor: Actor, store: Store, data: bytes, file_name: str) -> Recognition:
    """Find the profile that a file was set up with, by its whole header; the order of columns does not matter.

    A header is the same where every column name is, columns that no profile reads among them, whatever their order:
    columns are read by name, so another order changes nothing, while a column more or less, or one named anew, may
    mean that the vendor changed what it exports. Only the newest version of each profile is asked.

    Raises
    ------
    FileRefused
        If the file as a whole cannot be read.
    """
    with store.read() as connection:
        kept = profile_headers.known_headers(connection)
    same = tuple(dict.fromkeys(one.profile for one in kept if _holds(data, file_name, one)))
    if len(same) == 1:
        return Recognition("known", same[0], same, None, f"The header is that of profile {same[0]}.")
    if same:
        listed = ", ".join(same)
        return Recognition(
            "several", None, same, None,
            f"{len(same)} profiles are known by this header: {listed}. Choose the one that this file is for.",
        )  # fmt: skip
    header = open_file(data, file_name).guesses[0].header
    nearest = max(kept, key=lambda one: _common(one.header, header), default=None)
    if nearest is None or _common(nearest.header, header) < NEAR:
        return Recognition("unknown", None, (), None, "No profile is known by a header like this one: set it up first.")
    needed = load_profile(nearest.toml).needs
    change = header_change(nearest.header, header, needed)
    return Recognition(
        "changed", nearest.profile, (nearest.profile,), change,
        f"The header is like that of profile {nearest.profile}, but not the same: {change.sentence} "
        "Nothing is read until a person has looked at it.",
    )  # fmt: skip


def _holds(data: bytes, file_name: str, known: KnownHeader) -> bool:
    """Return whether a file has a known header, found as the reader would find it."""
    profile = load_profile(known.toml)
    named = frozenset(name for name in known.header if name)
    try:
        container: Container = open_container(data, file_name, profile.encoding)
    except FileRefused:
        return False  # another profile's encoding: not this file's; one that nobody can open is refused later
    for sheet in container.sheets:
        try:
            layout = find_layout(
                list(sheet.lines), named, sheet.delimiter or profile.delimiter, profile.header_row, profile.header_lines
            )
        except FileRefused:
            continue
        if frozenset(name for name in layout.header if name) == named:
            return True
    return False


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return the share of column names that two headers have in common."""
    mine, theirs = set(one) - {""}, set(other) - {""}
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
