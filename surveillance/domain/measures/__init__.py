"""The figures of the weekly evaluation; to add one is one file and one line here."""

from surveillance.domain.measures.calibration import BINS as BINS
from surveillance.domain.measures.calibration import BRIER as BRIER
from surveillance.domain.measures.calibration import BRIER_RELIABILITY as BRIER_RELIABILITY
from surveillance.domain.measures.calibration import CALIBRATION_INTERCEPT as CALIBRATION_INTERCEPT
from surveillance.domain.measures.calibration import CALIBRATION_SLOPE as CALIBRATION_SLOPE
from surveillance.domain.measures.calibration import CHANCE_CALIBRATION_ERROR as CHANCE_CALIBRATION_ERROR
from surveillance.domain.measures.calibration import EXPECTED_CALIBRATION_ERROR as EXPECTED_CALIBRATION_ERROR
from surveillance.domain.measures.calibration import OBSERVED_EXPECTED as OBSERVED_EXPECTED
from surveillance.domain.measures.calibration import SPIEGELHALTER as SPIEGELHALTER
from surveillance.domain.measures.cells import Cells as Cells
from surveillance.domain.measures.discrimination import AUROC as AUROC
from surveillance.domain.measures.discrimination import AUROC_NAIVE as AUROC_NAIVE
from surveillance.domain.measures.measure import Columns as Columns
from surveillance.domain.measures.measure import Measure as Measure
from surveillance.domain.measures.operating_point import EXPECTED_PPV as EXPECTED_PPV
from surveillance.domain.measures.operating_point import FLAG_RATE as FLAG_RATE
from surveillance.domain.measures.operating_point import (
    NEGATIVE_PREDICTIVE_VALUE as NEGATIVE_PREDICTIVE_VALUE,
)
from surveillance.domain.measures.operating_point import (
    POSITIVE_PREDICTIVE_VALUE as POSITIVE_PREDICTIVE_VALUE,
)
from surveillance.domain.measures.operating_point import PREVALENCE as PREVALENCE
from surveillance.domain.measures.operating_point import SENSITIVITY as SENSITIVITY
from surveillance.domain.measures.operating_point import SENSITIVITY_NAIVE as SENSITIVITY_NAIVE
from surveillance.domain.measures.operating_point import SPECIFICITY as SPECIFICITY
from surveillance.domain.measures.operating_point import SPECIFICITY_NAIVE as SPECIFICITY_NAIVE
from surveillance.domain.measures.throughput import ELIGIBLE as ELIGIBLE
from surveillance.domain.measures.throughput import FAILED_SHARE as FAILED_SHARE
from surveillance.domain.measures.throughput import INDETERMINATE as INDETERMINATE
from surveillance.domain.measures.throughput import LATE_TRUTHS as LATE_TRUTHS
from surveillance.domain.measures.throughput import MISSING_TRUTHS as MISSING_TRUTHS
from surveillance.domain.measures.throughput import PROCESSED_SHARE as PROCESSED_SHARE
from surveillance.domain.measures.throughput import TURNAROUND_MEDIAN as TURNAROUND_MEDIAN
from surveillance.domain.measures.throughput import TURNAROUND_P95 as TURNAROUND_P95

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in sorted(
        (value for value in list(globals().values()) if isinstance(value, Measure)), key=lambda m: m.name
    )
}
