"""What a statistic is about: the headings under which the Methods page lists it."""

from enum import Enum


class Topic(Enum):
    """A heading of the Methods page; each module of statistics names its own as `TOPIC`.

    >>> Topic.CALIBRATION.label
    'Calibration'
    """

    DISCRIMINATION = ("Discrimination", "Does a higher score mean disease?")
    OPERATING_POINT = ("Operating point", "How right is the AI's yes or no, at the threshold it works with?")
    PARTIAL_VERIFICATION = ("Partial verification", "What can be said when only some cases have a confirmed truth?")
    CALIBRATION = ("Calibration", "Does 20 % mean 20 in 100?")
    COMPARISON = ("Comparison and drift", "Do two periods, products or groups of cases differ by more than chance?")
    CHARTS = (
        "Charts",
        "Has something changed, and since when? Each chart watches one thing, case by case or week by week.",
    )
    THROUGHPUT = ("Throughput", "Does the AI answer, and in time?")
    LIMITS = (
        "How limits and budgets are made",
        "How often may a chart alarm when nothing is wrong, and what does that cost?",
    )

    def __init__(self, label: str, question: str) -> None:
        self.label = label
        self.question = question
