"""How far the two readers of a worklist agreed, on what was handed in; for services that are guarded."""

from sqlalchemy import Connection

from surveillance.domain.numbers import percent
from surveillance.domain.truth_worklist import Wants
from surveillance.errors import NotEstimable
from surveillance.metrics import kappa, wilson
from surveillance.services.page_models import Agreement
from surveillance.storage.readings import handed_in, readings
from surveillance.storage.register import DeploymentRecord


def agreement(connection: Connection, deployment: DeploymentRecord) -> Agreement | None:
    """Return the agreement of the first two readers of each study handed in; None where two read none of them."""
    counting, _ = handed_in(connection, deployment.model, deployment.site)
    pairs = []
    for case, given in readings(connection, deployment.id).items():
        first = [one for one in given if one.kind == Wants.READING]
        if case in counting and len(first) > 1:
            pairs.append((first[0].answer.code, first[1].answer.code))
    if not pairs:
        return None
    alike = sum(one == other for one, other in pairs)
    low, high = wilson(alike, len(pairs))
    shown = f"{percent(alike / len(pairs))} ({percent(float(low))}–{percent(float(high))})"
    return Agreement(f"{shown}: alike in {alike} of {len(pairs)} studies", _kappa(pairs))


def _kappa(pairs: list[tuple[int, int]]) -> str:
    try:
        found = kappa([one for one, _ in pairs], [other for _, other in pairs])
    except NotEstimable as why:
        return str(why)
    if isinstance(found.interval, NotEstimable):
        return f"{found.value:.2f}; {found.interval}"
    return f"{found.value:.2f} ({found.interval.low:.2f}–{found.interval.high:.2f})"
