"""What a significance test returns."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test statistic, how surprising it would be by chance, and the counts behind it.

    Attributes
    ----------
    statistic : float
    p_value : float
        Two-sided.
    n : int
        Cases tested.
    positives : int
        How many of them have the finding.
    method : str

    Notes
    -----
    Assumes: the cases, and when they are tested, were chosen before the result was seen.

    Not for: testing again each week until it is small: that is what a chart with a designed run length is for.
    """

    __test__: ClassVar[bool] = False  # the name is the field's; pytest would take it for a test class

    statistic: float
    p_value: float
    n: int
    positives: int
    method: str
