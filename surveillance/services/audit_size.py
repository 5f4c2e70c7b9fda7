"""What an audit must take of the unflagged studies, for a deployment's own plan and volume."""

from dataclasses import dataclass

from surveillance.domain.audit_size import AuditDelay, audit_for_delay, audit_for_width, delay_by_audit_fraction
from surveillance.domain.roles import Action, Actor
from surveillance.errors import NotEstimable
from surveillance.services.guard import guarded
from surveillance.services.stored_series import series_now
from surveillance.storage.store import Store


@dataclass(frozen=True, slots=True)
class AuditSize:
    """The delay by audit fraction, and the fractions that a wanted delay and a wanted interval need.

    `delays` is empty where `why` says why; `for_delay` and `for_width` are the reason where no audit suffices.
    """

    delays: tuple[AuditDelay, ...]
    planned: float
    for_delay: AuditDelay | NotEstimable
    for_width: float | NotEstimable
    why: str = ""


@guarded(Action.READ_SURVEILLANCE)
def audit_size(
    actor: Actor, store: Store, deployment_id: int, *, weeks: float = 8.0, width: float = 0.15, window: int = 13
) -> AuditSize | None:
    """Return what audits cost and give; None where the deployment was never evaluated.

    Parameters
    ----------
    weeks : the wanted median delay until the alarm limit is passed at the unacceptable miss rate
    width : the wanted width of the interval of sensitivity, as a share
    window : weeks over which that interval is taken
    """
    kept = series_now(store, deployment_id)
    if kept is None:
        return None
    plan, site = kept.plan, kept.deployment.site
    planned = plan.truth.audit_fraction_unflagged
    try:
        delays = delay_by_audit_fraction(plan, site)
    except NotEstimable as reason:
        return AuditSize((), planned, reason, reason, str(reason))
    for_delay: AuditDelay | NotEstimable
    for_width: float | NotEstimable
    try:
        for_delay = audit_for_delay(plan, site, weeks)
    except NotEstimable as reason:
        for_delay = reason
    try:
        for_width = audit_for_width(plan, site, width, window)
    except NotEstimable as reason:
        for_width = reason
    return AuditSize(delays, planned, for_delay, for_width)
