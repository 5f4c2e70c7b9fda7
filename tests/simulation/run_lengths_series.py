"""Designs of the charts that follow a standardised series: tabular CUSUM and EWMA on normal values."""

from surveillance.detectors.ewma import Ewma
from surveillance.detectors.tabular_cusum import TabularCusum
from surveillance.detectors.two_sided_cusum import TwoSidedCusum
from tests.simulation.run_length_rows import Design, Quantity
from tests.simulation.walks import average_run_lengths, normal_run_lengths, pair_run_lengths

CUSUMS = ((0.5, 370), (0.5, 1_000), (0.25, 370), (1.0, 370))
AVERAGES = ((0.1, 370, "lower"), (0.1, 1_000, "lower"), (0.1, 370, "both"), (0.25, 370, "both"))
STATES = ((0.0, "in control"), (1.0, "at a shift of one standard deviation"))


def shares(chart, shift: float, words: str) -> tuple[Quantity, ...]:
    """Return the mean, and the shares within the chart's own median and 95th percentile."""
    quantities = [Quantity(f"mean {words}", chart.run_length(shift=shift))]
    for share, name in ((0.5, "median"), (0.95, "95th percentile")):
        within = int(chart.delay_quantile(shift=shift, share=share))
        found = float(chart.run_length_distribution(shift=shift, events=within))
        quantities.append(Quantity(f"share within the {name}, {words}", found, within))
    return tuple(quantities)


def cusum_designs() -> list[Design]:
    """Return every tabular CUSUM: a lower chart, a pair of both sides, and a chart with a head start."""
    designs = []
    for reference, run_length in CUSUMS:
        chart = TabularCusum.design(reference=reference, run_length=run_length, side="lower")
        for shift, words in STATES:
            designs.append(
                Design(
                    "tabular_cusum",
                    f"k {reference:g}, asked {run_length} values, lower",
                    shares(chart, -shift, words),
                    lambda rng, runs, shift=shift, k=reference, h=chart.limit: normal_run_lengths(
                        rng, shift, k, h, runs
                    ),
                )
            )
    chart = TabularCusum.design(reference=0.5, run_length=370, side="upper")
    for shift, words in STATES:
        designs.append(
            Design(
                "tabular_cusum",
                "k 0.5, asked 370 values, upper, head start h/2",
                (Quantity(f"mean {words}", chart.run_length(shift=shift, head_start=chart.half_limit)),),
                lambda rng, runs, shift=shift: normal_run_lengths(
                    rng, shift, 0.5, chart.limit, runs, head_start=chart.limit / 2.0
                ),
            )
        )
    pair = TwoSidedCusum.design(reference=0.5, run_length=370)
    for shift, words in STATES:
        designs.append(
            Design(
                "tabular_cusum",
                "k 0.5, asked 370 values, both sides",
                (Quantity(f"mean {words}", pair.run_length(shift=shift)),),
                lambda rng, runs, shift=shift: pair_run_lengths(rng, shift, 0.5, pair.limit, runs),
            )
        )
    return designs


def ewma_designs() -> list[Design]:
    """Return every EWMA, and one whose limits start narrow."""
    designs = []
    for weight, run_length, side in AVERAGES:
        for widening in (False, True) if (weight, side) == (0.1, "both") else (False,):
            chart = Ewma.design(weight=weight, run_length=run_length, side=side, widening=widening)
            sign = -1.0 if side == "lower" else 1.0
            for shift, words in STATES:
                quantities = shares(chart, sign * shift, words)
                designs.append(
                    Design(
                        "ewma",
                        f"weight {weight:g}, asked {run_length} values, {side}{', limits widening' * widening}",
                        quantities,
                        lambda rng, runs, shift=shift, chart=chart: average_run_lengths(
                            rng, shift, chart.weight, chart.width, chart.side == "both", chart.widening, runs
                        ),
                    )
                )
    return designs
