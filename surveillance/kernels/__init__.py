"""Numba twins of the hot definitions, for millions of cases; equal to `metrics` and `detectors` by test.

nan is allowed here and nowhere else: whoever calls turns it into an answer with a reason.
"""

from surveillance.kernels.auroc_spans import auroc_spans as auroc_spans
from surveillance.kernels.auroc_windows import auroc_windows as auroc_windows
from surveillance.kernels.calibration_spans import CalibrationSpans as CalibrationSpans
from surveillance.kernels.calibration_spans import calibration_spans as calibration_spans
from surveillance.kernels.cusum_events import cusum_events as cusum_events
from surveillance.kernels.ece_spans import ece_spans as ece_spans
from surveillance.kernels.intervals import logit_interval as logit_interval
from surveillance.kernels.intervals import poisson_interval as poisson_interval
from surveillance.kernels.intervals import wilson_interval as wilson_interval
from surveillance.kernels.quantile_spans import quantile_spans as quantile_spans
