"""A synthetic log as the rule book reads it, without a detour through files."""

import numpy as np

from surveillance.domain.case_log import UNKNOWN, CaseLog
from surveillance.synthetic import tables
from surveillance.synthetic.log import SyntheticLog


def case_log(log: SyntheticLog, site: str) -> CaseLog:
    """Return one deployment's studies and outcomes, for simulations over many seeds.

    Raises
    ------
    ValueError
        If the log has no such site.
    """
    mine = log.studies.take(np.flatnonzero(log.studies.site == log.scenario.sites.index(site)))
    identifiers = tables.case_ids(log.scenario, mine)
    mine = mine.take(order := np.lexsort((identifiers.astype(str), mine.acquired_at)))
    rows = np.flatnonzero(mine.recorded_truth != UNKNOWN)
    return CaseLog(
        case_id=identifiers[order],
        acquired_at=mine.acquired_at,
        result_at=mine.result_at,
        status=mine.status,
        score=mine.score,
        called=mine.called,
        audit_selected=mine.audit_selected,
        sampling_fraction=mine.sampling_fraction,
        patient=mine.patient,
        outcome_case=rows,
        outcome_recorded_at=mine.recorded_at[rows],
        outcome_truth=mine.recorded_truth[rows],
        outcome_source=mine.source[rows],
        groups=tables.groups(log.scenario, mine),
    )
