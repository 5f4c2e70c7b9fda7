"""A synthetic log as the two canonical files, every value already the text that is written.

Columns that would say nothing here are left out: ethnicity, the readers' columns, and the kernel, which
would only repeat the scanner.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.domain.case_log import NEVER, SOURCES, STATUSES, UNKNOWN
from surveillance.synthetic.patients import AGE_BANDS, SEXES
from surveillance.synthetic.scenario import Scenario
from surveillance.synthetic.studies import Studies

TRUTHS = np.array(["0", "1", "indeterminate"], dtype=object)
YES_NO = np.array(["false", "true", ""], dtype=object)  # the last stands for -1: the AI gave none


def results(scenario: Scenario, studies: Studies) -> pd.DataFrame:
    """Return the results file of a log, one row a study in order of acquisition."""
    fraction = pd.Series(studies.sampling_fraction).map({1.0: "1", scenario.audit_fraction: _plain(scenario)})
    return pd.DataFrame(
        {
            "case_id": case_ids(scenario, studies),
            "model": scenario.model,
            "version": scenario.version,
            "site": _named(scenario.sites, studies.site),
            "acquired_at": moments(studies.acquired_at),
            "status": _named(STATUSES, studies.status),
            "score": [f"{s:.4f}" if s == s else "" for s in studies.score.tolist()],
            "called": YES_NO[studies.called],
            "result_at": moments(studies.result_at),
            **groups(scenario, studies),
            "patient": [f"P{number}" for number in studies.patient.tolist()],
            "audit_selected": YES_NO[studies.audit_selected.astype(np.int8)],
            "sampling_fraction": fraction.fillna(""),
        }
    )


def groups(scenario: Scenario, studies: Studies) -> dict[str, NDArray[np.object_]]:
    """Return the group columns of a log by name."""
    scanners, settings = scenario.department.scanners, scenario.department.settings
    return {
        "scanner": _named(tuple(s.name for s in scanners), studies.scanner),
        "setting": _named(tuple(s.name for s in settings), studies.setting),
        "age_band": _named(AGE_BANDS, studies.age_band),
        "sex": _named(SEXES, studies.sex),
    }


def outcomes(scenario: Scenario, studies: Studies) -> pd.DataFrame:
    """Return the outcomes file of a log, one row a recorded truth in order of recording.

    The kind of a positive is written as its subtype where it can be seen (the vessel); that a bleed was
    occult stays hidden.
    """
    rows = np.flatnonzero(studies.recorded_truth != UNKNOWN)
    kept = studies.take(rows[np.argsort(studies.recorded_at[rows], kind="stable")])
    columns = {
        "case_id": case_ids(scenario, kept),
        "model": scenario.model,
        "site": _named(scenario.sites, kept.site),
        "truth": TRUTHS[kept.recorded_truth],
        "truth_recorded_at": moments(kept.recorded_at),
        "truth_source": _named(SOURCES, kept.source),
    }
    if scenario.plan_template == "lvo-triage":
        names = (*(component.name for component in scenario.department.reading.components), "")
        visible = np.where(kept.recorded_truth == 1, kept.kind, -1)
        columns["subtype"] = _named(names, visible)
    return pd.DataFrame(columns)


def case_ids(scenario: Scenario, studies: Studies) -> NDArray[np.object_]:
    """Return the study pseudonyms: unique within model and site."""
    prefix = scenario.department.case_prefix
    return np.array([f"{prefix}{number:05d}" for number in studies.number.tolist()], dtype=object)


def moments(micros: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return moments as ISO 8601 with their offset (Z, that is UTC); blank where there is none."""
    known = micros != NEVER
    text = np.full(len(micros), "", dtype=object)
    text[known] = np.datetime_as_string(micros[known].astype("datetime64[us]"), unit="s", timezone="UTC")
    return text


def _named(names: tuple[str, ...], codes: NDArray[np.int8]) -> NDArray[np.object_]:
    """Return the names that codes stand for."""
    return np.array(names, dtype=object)[codes]


def _plain(scenario: Scenario) -> str:
    """Return the audit fraction as it is written."""
    return f"{scenario.audit_fraction:g}"
