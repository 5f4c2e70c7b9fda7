"""The scenarios: one file each, registered by its line here."""

from collections.abc import Mapping
from types import MappingProxyType

from surveillance.synthetic.scenario import Scenario
from surveillance.synthetic.scenarios.ich_label_delay import ICH_LABEL_DELAY as ICH_LABEL_DELAY
from surveillance.synthetic.scenarios.ich_pipeline_break import ICH_PIPELINE_BREAK as ICH_PIPELINE_BREAK
from surveillance.synthetic.scenarios.ich_prevalence_fall_adjudicated import (
    ICH_PREVALENCE_FALL_ADJUDICATED as ICH_PREVALENCE_FALL_ADJUDICATED,
)
from surveillance.synthetic.scenarios.ich_prevalence_fall_report import (
    ICH_PREVALENCE_FALL_REPORT as ICH_PREVALENCE_FALL_REPORT,
)
from surveillance.synthetic.scenarios.ich_scanner_change import ICH_SCANNER_CHANGE as ICH_SCANNER_CHANGE
from surveillance.synthetic.scenarios.ich_score_shift import ICH_SCORE_SHIFT as ICH_SCORE_SHIFT
from surveillance.synthetic.scenarios.ich_sensitivity_decay_audit import (
    ICH_SENSITIVITY_DECAY_AUDIT as ICH_SENSITIVITY_DECAY_AUDIT,
)
from surveillance.synthetic.scenarios.ich_sensitivity_decay_full import (
    ICH_SENSITIVITY_DECAY_FULL as ICH_SENSITIVITY_DECAY_FULL,
)
from surveillance.synthetic.scenarios.ich_stable import ICH_STABLE as ICH_STABLE
from surveillance.synthetic.scenarios.ich_stable_full import ICH_STABLE_FULL as ICH_STABLE_FULL
from surveillance.synthetic.scenarios.lvo_stable import LVO_STABLE as LVO_STABLE

_EXPORTED = [value for value in globals().values() if isinstance(value, Scenario)]
SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {scenario.name: scenario for scenario in sorted(_EXPORTED, key=lambda scenario: scenario.seed)}
)
