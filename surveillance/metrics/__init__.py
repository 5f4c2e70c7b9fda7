"""Statistics over arrays: the readable definition of every number. To export a metric is to register it."""

from collections.abc import Mapping
from types import MappingProxyType

from surveillance.metrics.audited_auroc import PositiveGroup as PositiveGroup
from surveillance.metrics.audited_auroc import audited_auroc_interval as audited_auroc_interval
from surveillance.metrics.audited_rates import sensitivity_audited as sensitivity_audited
from surveillance.metrics.audited_rates import specificity_audited as specificity_audited
from surveillance.metrics.auroc import AUROC as AUROC
from surveillance.metrics.auroc import auroc as auroc
from surveillance.metrics.auroc_baseline import BaselineAuroc as BaselineAuroc
from surveillance.metrics.auroc_baseline import baseline_auroc as baseline_auroc
from surveillance.metrics.auroc_clustered import auroc_clustered as auroc_clustered
from surveillance.metrics.auroc_difference import auroc_difference as auroc_difference
from surveillance.metrics.auroc_planning import hanley_mcneil_variance as hanley_mcneil_variance
from surveillance.metrics.auroc_unpaired_difference import auroc_unpaired_difference as auroc_unpaired_difference
from surveillance.metrics.auroc_weighted import AUROC_WEIGHTED as AUROC_WEIGHTED
from surveillance.metrics.auroc_weighted import auroc_weighted as auroc_weighted
from surveillance.metrics.begg_greenes import BeggGreenes as BeggGreenes
from surveillance.metrics.begg_greenes import begg_greenes as begg_greenes
from surveillance.metrics.benjamini_hochberg import FalseDiscovery as FalseDiscovery
from surveillance.metrics.benjamini_hochberg import benjamini_hochberg as benjamini_hochberg
from surveillance.metrics.brier import BRIER as BRIER
from surveillance.metrics.brier import brier as brier
from surveillance.metrics.brier_decomposition import BrierDecomposition as BrierDecomposition
from surveillance.metrics.brier_decomposition import brier_decomposition as brier_decomposition
from surveillance.metrics.calibration_intercept import CALIBRATION_INTERCEPT as CALIBRATION_INTERCEPT
from surveillance.metrics.calibration_intercept import calibration_intercept as calibration_intercept
from surveillance.metrics.calibration_likelihood_ratio import CalibrationTests as CalibrationTests
from surveillance.metrics.calibration_likelihood_ratio import (
    calibration_likelihood_ratio as calibration_likelihood_ratio,
)
from surveillance.metrics.calibration_slope import CALIBRATION_SLOPE as CALIBRATION_SLOPE
from surveillance.metrics.calibration_slope import calibration_slope as calibration_slope
from surveillance.metrics.clustered_proportion import clustered_proportion as clustered_proportion
from surveillance.metrics.comparison import Comparison as Comparison
from surveillance.metrics.estimate import Estimate as Estimate
from surveillance.metrics.estimate import Interval as Interval
from surveillance.metrics.expected_calibration_error import (
    EXPECTED_CALIBRATION_ERROR as EXPECTED_CALIBRATION_ERROR,
)
from surveillance.metrics.expected_calibration_error import (
    expected_calibration_error as expected_calibration_error,
)
from surveillance.metrics.expected_ece import ChanceCalibrationError as ChanceCalibrationError
from surveillance.metrics.expected_ece import chance_calibration_error as chance_calibration_error
from surveillance.metrics.flag_rate import FLAG_RATE as FLAG_RATE
from surveillance.metrics.flag_rate import flag_rate as flag_rate
from surveillance.metrics.funnel_limits import FunnelLimits as FunnelLimits
from surveillance.metrics.funnel_limits import funnel_limits as funnel_limits
from surveillance.metrics.imperfect_truth import apparent_false_flag_rate as apparent_false_flag_rate
from surveillance.metrics.imperfect_truth import apparent_miss_rate as apparent_miss_rate
from surveillance.metrics.integrated_calibration_index import (
    INTEGRATED_CALIBRATION_INDEX as INTEGRATED_CALIBRATION_INDEX,
)
from surveillance.metrics.integrated_calibration_index import (
    integrated_calibration_index as integrated_calibration_index,
)
from surveillance.metrics.kappa import Kappa as Kappa
from surveillance.metrics.kappa import kappa as kappa
from surveillance.metrics.kolmogorov_smirnov import kolmogorov_smirnov as kolmogorov_smirnov
from surveillance.metrics.metric import Better as Better
from surveillance.metrics.metric import Metric as Metric
from surveillance.metrics.metric import Sample as Sample
from surveillance.metrics.modified_wilson import modified_wilson as modified_wilson
from surveillance.metrics.net_benefit import NET_BENEFIT as NET_BENEFIT
from surveillance.metrics.net_benefit import NetBenefit as NetBenefit
from surveillance.metrics.net_benefit import compare_net_benefit as compare_net_benefit
from surveillance.metrics.net_benefit import net_benefit as net_benefit
from surveillance.metrics.observed_expected import OBSERVED_EXPECTED as OBSERVED_EXPECTED
from surveillance.metrics.observed_expected import observed_expected as observed_expected
from surveillance.metrics.overdispersion import Overdispersion as Overdispersion
from surveillance.metrics.overdispersion import overdispersion as overdispersion
from surveillance.metrics.population_stability_index import PopulationStability as PopulationStability
from surveillance.metrics.population_stability_index import population_stability_index as population_stability_index
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
from surveillance.metrics.score_calibration import ScoreCalibration as ScoreCalibration
from surveillance.metrics.score_calibration import calibrate_scores as calibrate_scores
from surveillance.metrics.sensitivity import SENSITIVITY as SENSITIVITY
from surveillance.metrics.sensitivity import sensitivity as sensitivity
from surveillance.metrics.site_effects import site_auroc_effects as site_auroc_effects
from surveillance.metrics.site_effects import site_effects as site_effects
from surveillance.metrics.site_effects_power import SitePower as SitePower
from surveillance.metrics.site_effects_power import site_effects_power as site_effects_power
from surveillance.metrics.smooth_calibration import SmoothCalibration as SmoothCalibration
from surveillance.metrics.smooth_calibration import smooth_calibration as smooth_calibration
from surveillance.metrics.specificity import SPECIFICITY as SPECIFICITY
from surveillance.metrics.specificity import specificity as specificity
from surveillance.metrics.spiegelhalter import spiegelhalter as spiegelhalter
from surveillance.metrics.test_result import TestResult as TestResult
from surveillance.metrics.two_samples import ScoreDistance as ScoreDistance
from surveillance.metrics.verified_stream import (
    false_flag_rate_from_verified as false_flag_rate_from_verified,
)
from surveillance.metrics.verified_stream import miss_rate_from_verified as miss_rate_from_verified
from surveillance.metrics.verified_stream import verified_false_flag_rate as verified_false_flag_rate
from surveillance.metrics.verified_stream import verified_miss_rate as verified_miss_rate
from surveillance.metrics.vlad import Vlad as Vlad
from surveillance.metrics.vlad import vlad as vlad
from surveillance.metrics.wasserstein import wasserstein as wasserstein
from surveillance.metrics.weighted_count import WeightedCount as WeightedCount
from surveillance.metrics.weighted_count import combined_share as combined_share
from surveillance.metrics.weighted_count import share_of_first as share_of_first
from surveillance.metrics.weighted_predictive_values import (
    negative_predictive_value_weighted as negative_predictive_value_weighted,
)
from surveillance.metrics.weighted_predictive_values import (
    positive_predictive_value_weighted as positive_predictive_value_weighted,
)
from surveillance.metrics.weighted_predictive_values import prevalence_weighted as prevalence_weighted
from surveillance.metrics.weighted_rates import sensitivity_weighted as sensitivity_weighted
from surveillance.metrics.weighted_rates import specificity_weighted as specificity_weighted

METRICS: Mapping[str, Metric] = MappingProxyType(
    {exported.name: exported for exported in list(globals().values()) if isinstance(exported, Metric)}
)
