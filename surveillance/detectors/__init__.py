"""Sequential charts, each designed by its run length. To export a detector is to register it."""

from collections.abc import Mapping
from types import MappingProxyType

from surveillance.detectors.base import Detector as Detector
from surveillance.detectors.base import Path as Path
from surveillance.detectors.base import State as State
from surveillance.detectors.bernoulli_cusum import BernoulliCusum as BernoulliCusum
from surveillance.detectors.change_point import Onset as Onset
from surveillance.detectors.change_point import onset_interval as onset_interval
from surveillance.detectors.risk_adjusted_cusum import RiskAdjustedCusum as RiskAdjustedCusum
from surveillance.detectors.two_limits import TwoLimitPath as TwoLimitPath
from surveillance.detectors.two_limits import two_limit_path as two_limit_path

DETECTORS: Mapping[str, type[Detector]] = MappingProxyType(
    {
        exported.name: exported
        for exported in list(globals().values())
        if isinstance(exported, type) and issubclass(exported, Detector) and exported is not Detector
    }
)
