"""What charts are called."""

from surveillance.domain.plan_chart import Chart

TITLES = {
    "missed_positives": "Positives the AI did not flag",
    "false_flags": "False flags",
    "technical_failures": "Technical failures",
    "calibration": "Calibration",
    "outcome_given_risk": "Outcome given the predicted risk",
}


def chart_title(chart: Chart) -> str:
    """Return what a chart is called, before and after it is designed.

    >>> from surveillance.domain.plan_chart import BudgetShare
    >>> share = BudgetShare(alarm=0.4)
    >>> chart_title(Chart(detector="ewma", watches="batch_auroc", share_of_budget=share))
    'AUROC in batches of 10 positives, moving average'
    >>> chart_title(Chart(detector="time_between_events", watches="false_flags", acceptable=0.0002, unacceptable=0.002,
    ...     share_of_budget=share))
    'Time between false flags'
    """
    if chart.watches == "batch_auroc":
        average = ", moving average" if chart.detector == "ewma" else ""
        return f"AUROC in batches of {chart.batch_positives} positives{average}"
    title = TITLES[chart.watches]
    if chart.detector == "time_between_events":
        return f"Time between {title[0].lower()}{title[1:]}"
    return f"{title} a week" if chart.detector == "poisson_cusum" else title
