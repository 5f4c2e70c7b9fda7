"""Sequential charts, each designed by its run length. To export a detector is to register it."""

from collections.abc import Mapping
from types import MappingProxyType

from surveillance.detectors.base import Detector as Detector
from surveillance.detectors.base import Path as Path
from surveillance.detectors.base import State as State
from surveillance.detectors.bernoulli_cusum import BernoulliCusum as BernoulliCusum
from surveillance.detectors.block_bootstrap import block_bootstrap_run_length as block_bootstrap_run_length
from surveillance.detectors.change_point import Onset as Onset
from surveillance.detectors.change_point import onset_interval as onset_interval
from surveillance.detectors.estimated_mix import estimated_mix_run_length as estimated_mix_run_length
from surveillance.detectors.estimated_rate import estimated_run_length as estimated_run_length
from surveillance.detectors.ewma import Ewma as Ewma
from surveillance.detectors.ewma_two_limits import ewma_two_limit_path as ewma_two_limit_path
from surveillance.detectors.gap_two_limits import rare_event_two_limit_path as rare_event_two_limit_path
from surveillance.detectors.poisson_cusum import PoissonCusum as PoissonCusum
from surveillance.detectors.risk_adjusted_cusum import RiskAdjustedCusum as RiskAdjustedCusum
from surveillance.detectors.tabular_cusum import TabularCusum as TabularCusum
from surveillance.detectors.time_between_events import TimeBetweenEvents as TimeBetweenEvents
from surveillance.detectors.two_limits import TwoLimitPath as TwoLimitPath
from surveillance.detectors.two_limits import two_limit_path as two_limit_path
from surveillance.detectors.two_sided_cusum import TwoSidedCusum as TwoSidedCusum
from surveillance.detectors.weekly_dependence import rate_dependence as rate_dependence
from surveillance.detectors.weekly_dependence import risk_dependence as risk_dependence
from surveillance.detectors.xmr import XmR as XmR
from surveillance.detectors.xmr import xmr_false_alarm_rate as xmr_false_alarm_rate
from surveillance.detectors.xmr_reading import Word as Word
from surveillance.detectors.xmr_reading import XmrReading as XmrReading
from surveillance.detectors.xmr_reading import xmr_reading as xmr_reading

DETECTORS: Mapping[str, type[Detector]] = MappingProxyType(
    {
        exported.name: exported
        for exported in list(globals().values())
        if isinstance(exported, type) and issubclass(exported, Detector) and exported is not Detector
    }
)
