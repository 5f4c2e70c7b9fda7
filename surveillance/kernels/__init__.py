"""Numba twins of the hot definitions, for millions of cases; equal to `metrics` and `detectors` by test.

nan is allowed here and nowhere else: whoever calls turns it into an answer with a reason.
"""

from surveillance.kernels.auroc_draws import auroc_draws as auroc_draws
from surveillance.kernels.auroc_repeats import auroc_repeats as auroc_repeats
from surveillance.kernels.auroc_spans import auroc_spans as auroc_spans
from surveillance.kernels.auroc_strata import auroc_strata as auroc_strata
from surveillance.kernels.auroc_windows import auroc_windows as auroc_windows
from surveillance.kernels.calibration_spans import CalibrationSpans as CalibrationSpans
from surveillance.kernels.calibration_spans import calibration_spans as calibration_spans
from surveillance.kernels.cusum_events import cusum_events as cusum_events
from surveillance.kernels.ece_spans import BinnedCalibration as BinnedCalibration
from surveillance.kernels.ece_spans import binned_calibration_spans as binned_calibration_spans
from surveillance.kernels.ece_spans import ece_spans as ece_spans
from surveillance.kernels.intervals import logit_interval as logit_interval
from surveillance.kernels.intervals import poisson_interval as poisson_interval
from surveillance.kernels.intervals import weighted_poisson_interval as weighted_poisson_interval
from surveillance.kernels.intervals import wilson_interval as wilson_interval
from surveillance.kernels.lattice_hazards import lattice_hazards as lattice_hazards
from surveillance.kernels.local_quadratic import local_quadratic as local_quadratic
from surveillance.kernels.quantile_spans import quantile_spans as quantile_spans
from surveillance.kernels.run_lengths_by_limit import run_lengths_by_limit as run_lengths_by_limit
