"""Truths that name no study of the store: they wait, and are told apart from those that are late or missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from surveillance.domain.case_log import SOURCES
from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.services.quality_counts import state_of
from surveillance.services.truth_hints import Hint, hints_for
from surveillance.storage import register
from surveillance.storage.named_studies import any_without_study, studies_here, truth_sites, truths_held
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store

NAMED = 5


@dataclass(frozen=True, slots=True)
class Unmatched:
    """The truths about one product at one site of which some name no study.

    Attributes
    ----------
    truths : all of them, one for each study, source and time
    unmatched : those whose study has no result of any version here, and no order
    by_source : (source, how many of those)
    first : their first pseudonyms; `more` where there are others
    hints : where only the writing of the number, the site or the product differs
    """

    model: str
    site: str
    truths: int
    unmatched: int
    by_source: tuple[tuple[str, int], ...]
    first: tuple[str, ...]
    more: bool
    hints: tuple[Hint, ...]


@guarded(Action.READ_CASES)
def unmatched_truths(actor: Actor, store: Store, deployment_id: int, *, at: datetime) -> tuple[Unmatched, ...]:
    """List the truths that name no study, of a deployment's product at its site, and of no registered one near it.

    A truth about a product or site that nobody registered stands with the versions of its product and of its site;
    one of which neither is known stands with every version, since it has no page of its own.
    """
    return waiting_truths(store, deployment_id)


def waiting_truths(store: Store, deployment_id: int) -> tuple[Unmatched, ...]:
    """Return what `unmatched_truths` does, for services that are guarded themselves."""
    with store.read() as connection:
        state = state_of(connection)
    return _waiting(store, deployment_id, state)


@lru_cache(maxsize=64)
def _waiting(store: Store, deployment_id: int, _state: tuple[int, ...]) -> tuple[Unmatched, ...]:
    with store.read() as connection:
        own = register.deployment(connection, deployment_id)
        known = register.deployments(connection)
        near = [place for place in truth_sites(connection) if _stands_with(own, place, known)]
        near = [place for place in near if any_without_study(connection, *place)]
        found = [unmatched_in(connection, truths_held(connection, *place)) for place in near]
    return tuple(one for part in found for one in part)


def _stands_with(own: DeploymentRecord, place: tuple[str, str], known: Sequence[DeploymentRecord]) -> bool:
    """Say whether truths about a (product, site) are told with a deployment."""
    if place in {(one.model, one.site) for one in known}:
        return place == (own.model, own.site)
    nowhere = place[0] not in {one.model for one in known} and place[1] not in {one.site for one in known}
    return nowhere or own.model == place[0] or own.site == place[1]


def unmatched_in(
    connection: Connection, truths: pd.DataFrame, beside: Sequence[pd.DataFrame | None] = ()
) -> tuple[Unmatched, ...]:
    """Return of truths (case_id, model, site, truth_source) those that name no study, by product and site.

    Parameters
    ----------
    beside : frames of studies that come in the same file
    """
    found = []
    for (model, site), own in truths.groupby(["model", "site"], observed=True, sort=True):
        here = studies_here(connection, str(model), str(site))
        come = [frame.loc[frame["site"] == site, "case_id"] for frame in beside if frame is not None]
        chunks = [*here.chunks, *(pa.array(one, pa.large_string()) for one in come)]
        here = pa.chunked_array(chunks, pa.large_string())
        known = pc.is_in(pa.array(own["case_id"], pa.large_string()), value_set=here)
        waiting = own[~known.to_numpy(zero_copy_only=False)]
        if len(waiting):
            numbers = [str(one) for one in waiting["case_id"].drop_duplicates()]
            counts = waiting["truth_source"].value_counts()
            found.append(
                Unmatched(
                    model=str(model),
                    site=str(site),
                    truths=len(own),
                    unmatched=len(waiting),
                    by_source=tuple((source, int(counts[source])) for source in SOURCES if source in counts),
                    first=tuple(numbers[:NAMED]),
                    more=len(numbers) > NAMED,
                    hints=hints_for(connection, waiting, here),
                )
            )
    return tuple(found)
