"""Which studies are of a plan's population, as the pathway on their orders says."""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, or_, select

from surveillance.storage.live_batches import of_streams
from surveillance.storage.tables.data import STREAM, STUDY_ORDER

NONE: NDArray[np.object_] = np.zeros(0, dtype=object)


def outside_population(connection: Connection, site: str, pathway: str, seen_by: int) -> NDArray[np.object_]:
    """Return the pseudonyms of studies ordered at a site under other pathways only, as known at `seen_by`.

    They are not of the plan's population, read or not; a study without an order, or with an order that names no
    pathway, is. Where no order of the site ever names the plan's pathway, the RIS calls it otherwise, and its words
    select nothing: then nobody is outside.
    """
    own, other = pathway_words(connection, site, pathway, seen_by)
    if not pathway or not own or not other:
        return NONE
    rows = of_streams(STUDY_ORDER, order_streams(connection, site), seen_by)
    named = STUDY_ORDER.c.pathway
    inside = select(STUDY_ORDER.c.case_id).where(rows, or_(named.is_(None), named.not_in(other)))
    query = select(STUDY_ORDER.c.case_id).where(rows, named.in_(other), STUDY_ORDER.c.case_id.not_in(inside)).distinct()
    return np.array(connection.execute(query).scalars().all(), dtype=object)


def pathway_words(
    connection: Connection, site: str, pathway: str, seen_by: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words on a site's orders that are a plan's pathway, whatever their capitals, and those of others."""
    rows = of_streams(STUDY_ORDER, order_streams(connection, site), seen_by)
    words = connection.execute(select(STUDY_ORDER.c.pathway).where(rows).distinct()).scalars()
    named = sorted(word for word in words if word is not None and word.strip())
    own = tuple(word for word in named if word.strip().casefold() == pathway.strip().casefold())
    return own, tuple(word for word in named if word not in own)


def order_streams(connection: Connection, site: str) -> list[int]:
    """List the stream of a site's orders."""
    named = select(STREAM.c.id).where(STREAM.c.model == "", STREAM.c.version == "", STREAM.c.site == site)
    return list(connection.execute(named).scalars())
