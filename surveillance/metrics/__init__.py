"""Statistics over arrays: the readable definition of every number. To export a metric is to register it."""

from collections.abc import Mapping
from types import MappingProxyType

from surveillance.metrics.audited_rates import sensitivity_audited as sensitivity_audited
from surveillance.metrics.audited_rates import specificity_audited as specificity_audited
from surveillance.metrics.auroc import AUROC as AUROC
from surveillance.metrics.auroc import auroc as auroc
from surveillance.metrics.auroc_weighted import AUROC_WEIGHTED as AUROC_WEIGHTED
from surveillance.metrics.auroc_weighted import auroc_weighted as auroc_weighted
from surveillance.metrics.brier import BRIER as BRIER
from surveillance.metrics.brier import brier as brier
from surveillance.metrics.calibration_intercept import CALIBRATION_INTERCEPT as CALIBRATION_INTERCEPT
from surveillance.metrics.calibration_intercept import calibration_intercept as calibration_intercept
from surveillance.metrics.calibration_slope import CALIBRATION_SLOPE as CALIBRATION_SLOPE
from surveillance.metrics.calibration_slope import calibration_slope as calibration_slope
from surveillance.metrics.comparison import Comparison as Comparison
from surveillance.metrics.estimate import Estimate as Estimate
from surveillance.metrics.estimate import Interval as Interval
from surveillance.metrics.expected_calibration_error import (
    EXPECTED_CALIBRATION_ERROR as EXPECTED_CALIBRATION_ERROR,
)
from surveillance.metrics.expected_calibration_error import (
    expected_calibration_error as expected_calibration_error,
)
from surveillance.metrics.flag_rate import FLAG_RATE as FLAG_RATE
from surveillance.metrics.flag_rate import flag_rate as flag_rate
from surveillance.metrics.imperfect_truth import apparent_false_flag_rate as apparent_false_flag_rate
from surveillance.metrics.imperfect_truth import apparent_miss_rate as apparent_miss_rate
from surveillance.metrics.metric import Better as Better
from surveillance.metrics.metric import Metric as Metric
from surveillance.metrics.metric import Sample as Sample
from surveillance.metrics.observed_expected import OBSERVED_EXPECTED as OBSERVED_EXPECTED
from surveillance.metrics.observed_expected import observed_expected as observed_expected
from surveillance.metrics.predictive_value import NEGATIVE_PREDICTIVE_VALUE as NEGATIVE_PREDICTIVE_VALUE
from surveillance.metrics.predictive_value import POSITIVE_PREDICTIVE_VALUE as POSITIVE_PREDICTIVE_VALUE
from surveillance.metrics.predictive_value import (
    expected_positive_predictive_value as expected_positive_predictive_value,
)
from surveillance.metrics.predictive_value import negative_predictive_value as negative_predictive_value
from surveillance.metrics.predictive_value import positive_predictive_value as positive_predictive_value
from surveillance.metrics.proportion import proportion_estimate as proportion_estimate
from surveillance.metrics.proportion import wilson as wilson
from surveillance.metrics.quantile import TURNAROUND_95TH as TURNAROUND_95TH
from surveillance.metrics.quantile import TURNAROUND_MEDIAN as TURNAROUND_MEDIAN
from surveillance.metrics.quantile import quantile as quantile
from surveillance.metrics.quantile import turnaround_95th as turnaround_95th
from surveillance.metrics.quantile import turnaround_median as turnaround_median
from surveillance.metrics.reliability_curve import ReliabilityCurve as ReliabilityCurve
from surveillance.metrics.reliability_curve import reliability_curve as reliability_curve
from surveillance.metrics.sensitivity import SENSITIVITY as SENSITIVITY
from surveillance.metrics.sensitivity import sensitivity as sensitivity
from surveillance.metrics.specificity import SPECIFICITY as SPECIFICITY
from surveillance.metrics.specificity import specificity as specificity
from surveillance.metrics.spiegelhalter import spiegelhalter as spiegelhalter
from surveillance.metrics.test_result import TestResult as TestResult
from surveillance.metrics.verified_stream import (
    false_flag_rate_from_verified as false_flag_rate_from_verified,
)
from surveillance.metrics.verified_stream import miss_rate_from_verified as miss_rate_from_verified
from surveillance.metrics.verified_stream import verified_false_flag_rate as verified_false_flag_rate
from surveillance.metrics.verified_stream import verified_miss_rate as verified_miss_rate

METRICS: Mapping[str, Metric] = MappingProxyType(
    {exported.name: exported for exported in list(globals().values()) if isinstance(exported, Metric)}
)
