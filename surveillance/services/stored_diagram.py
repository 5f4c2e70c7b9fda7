"""A reliability diagram as it is kept, and read back: compact JSON, floats to the last digit."""

import json
from typing import Any

import numpy as np

from surveillance.domain.calibration_figures import CalibrationFigure
from surveillance.domain.reliability import Reliability, SmoothLine
from surveillance.domain.weeks import Week
from surveillance.metrics import ReliabilityCurve
from surveillance.storage.rows import values_of

PLAIN = ("positives", "studies", "threshold")
LATER = {"no_smooth": "", "calibrated": "", "audit": 1.0}  # absent from what was kept before these were computed


def diagram_bytes(diagram: Reliability) -> bytes:
    """Return a reliability diagram as compact JSON."""
    kept: dict[str, Any] = {name: getattr(diagram, name) for name in (*PLAIN, *LATER)}
    for name, curve in (("now", diagram.now), ("baseline", diagram.baseline)):
        kept[name] = None if curve is None else _curve_columns(curve)
    kept["first"], kept["last"] = diagram.first.number, diagram.last.number
    kept["figures"] = [values_of(figure) for figure in diagram.figures]
    kept["smooth"] = None if diagram.smooth is None else values_of(diagram.smooth)
    return json.dumps(kept).encode()


def read_diagram(stream: bytes) -> Reliability:
    """Return a kept reliability diagram; one from before figures were kept with it has none."""
    kept = json.loads(stream)
    smooth = kept.get("smooth")
    return Reliability(
        first=Week(kept["first"]),
        last=Week(kept["last"]),
        now=_curve(kept["now"]),
        baseline=None if kept["baseline"] is None else _curve(kept["baseline"]),
        figures=tuple(_figure(figure) for figure in kept.get("figures", ())),
        smooth=None if smooth is None else SmoothLine(tuple(smooth["said"]), tuple(smooth["found"])),
        **{name: kept[name] for name in PLAIN},
        **{name: kept.get(name, usual) for name, usual in LATER.items()},
    )


def _curve_columns(curve: ReliabilityCurve) -> dict[str, Any]:
    return {field: np.asarray(getattr(curve, field)).tolist() for field in curve.__dataclass_fields__}


def _curve(values: dict[str, Any]) -> ReliabilityCurve:
    return ReliabilityCurve(
        mean_predicted=np.array(values["mean_predicted"], dtype=np.float64),
        observed=np.array(values["observed"], dtype=np.float64),
        low=np.array(values["low"], dtype=np.float64),
        high=np.array(values["high"], dtype=np.float64),
        n=np.array(values["n"], dtype=np.int64),
        positives=np.array(values["positives"], dtype=np.int64),
        method=str(values["method"]),
    )


def _figure(kept: dict[str, Any]) -> CalibrationFigure:
    beside = tuple((str(name), float(value)) for name, value in kept["beside"])
    return CalibrationFigure(**{**kept, "beside": beside})
