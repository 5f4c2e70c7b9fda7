"""Which entry of the Methods page explains a figure."""

from collections.abc import Iterable

# Figures that bear the name of their method need no line here.
EXPLAINED_BY = {
    "auroc_naive": "auroc",
    "sensitivity_naive": "sensitivity",
    "specificity_naive": "specificity",
    "brier_reliability": "brier_decomposition",
    "expected_ppv": "expected_positive_predictive_value",
    "turnaround_p95": "turnaround_95th",
    "prevalence": "wilson",
    "processed_share": "wilson",
    "failed_share": "wilson",
    "missing_truths": "wilson",
    "late_truths": "wilson",
}
WHERE_AUDITED = {
    "auroc": "audited_auroc_interval",
    "sensitivity": "share_of_first",
    "specificity": "share_of_first",
    "negative_predictive_value": "share_of_first",
    "prevalence": "share_of_first",
}
COUNTED = frozenset({"eligible", "indeterminate"})  # nothing is estimated, so there is nothing to explain


def method_of(metric: str, *, audited: bool = False) -> str:
    """Return the name of the entry that explains a figure; empty for a plain count.

    >>> method_of("auroc"), method_of("turnaround_p95"), method_of("sensitivity", audited=True), method_of("eligible")
    ('auroc', 'turnaround_95th', 'share_of_first', '')
    """
    if metric in COUNTED:
        return ""
    if audited and metric in WHERE_AUDITED:
        return WHERE_AUDITED[metric]
    return EXPLAINED_BY.get(metric, metric)


def method_links(figures: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return title and entry for each figure (name, title) of a page that has one.

    Where a figure stands as verified beside the corrected one, the plan audits a part and the corrected method counts.

    >>> method_links([("sensitivity", "Sensitivity"), ("sensitivity_naive", "Sensitivity as verified")])
    (('Sensitivity', 'share_of_first'), ('Sensitivity as verified', 'sensitivity'))
    """
    named = tuple(figures)
    audited = any(metric.endswith("_naive") for metric, _ in named)
    found = ((title, method_of(metric, audited=audited)) for metric, title in named)
    return tuple((title, entry) for title, entry in found if entry)
