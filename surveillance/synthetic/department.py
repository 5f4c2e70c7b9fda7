"""The imaging departments of the synthetic logs: how many studies, of whom, on which scanners."""

from dataclasses import dataclass

from scipy.special import ndtri

from surveillance.synthetic.reading import Component, Reading


@dataclass(frozen=True, slots=True)
class Setting:
    """Where patients come from: its share of the studies and its prevalence."""

    name: str
    share: float
    prevalence: float


@dataclass(frozen=True, slots=True)
class Scanner:
    """One CT scanner and its share of the studies."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Department:
    """One kind of department with its AI; every site of a scenario is one.

    Attributes
    ----------
    studies_per_week : mean of a Poisson count at each site, varying by 10 % with weekday and season
    failed_share : share of studies the AI does not process
    case_prefix : first letters of the study pseudonyms
    """

    reading: Reading
    studies_per_week: float
    settings: tuple[Setting, ...]
    scanners: tuple[Scanner, ...]
    case_prefix: str
    failed_share: float = 0.03
    zone: str = "Europe/London"


# CT head: ED 60 %, inpatients 24 %, outpatients 16 %: .60 x .06 + .24 x .15 + .16 x .05 = 8 % have a bleed.
# 92 % visible at d' 3.58 and 8 % occult, scored as negatives: AUROC .955, sensitivity .90 at specificity .95.
CT_HEAD = Department(
    reading=Reading(0.08, 0.95, (Component("visible", 0.92, 3.58), Component("occult", 0.08, 0.0))),
    studies_per_week=280,
    settings=(Setting("ED", 0.60, 0.06), Setting("IP", 0.24, 0.15), Setting("OP", 0.16, 0.05)),
    scanners=(Scanner("CT-1", 0.40), Scanner("CT-2", 0.35), Scanner("CT-3", 0.25)),
    case_prefix="H",
)


def _distance(sensitivity: float, specificity: float) -> float:
    """Return the distance at which a kind of positive is flagged with the stated sensitivity."""
    return float(ndtri(specificity) + ndtri(sensitivity))


# CTA: ICA-T and M1 occlusions (81.25 %) with sensitivity .91, M2 (18.75 %) with .75: together .88 at
# specificity .93; AUROC .977 for the easier, .936 for M2, .969 together.
CTA = Department(
    reading=Reading(
        0.06,
        0.93,
        (
            Component("ICA-T", 0.25, _distance(0.91, 0.93)),
            Component("M1", 0.5625, _distance(0.91, 0.93)),
            Component("M2", 0.1875, _distance(0.75, 0.93)),
        ),
    ),
    studies_per_week=45,
    settings=(Setting("ED", 0.80, 0.06), Setting("IP", 0.20, 0.06)),
    scanners=(Scanner("CT-1", 0.60), Scanner("CT-2", 0.40)),
    case_prefix="A",
)
