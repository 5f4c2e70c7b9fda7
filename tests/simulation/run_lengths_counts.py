"""Designs of the Poisson CUSUM, for more events than agreed and for fewer."""

from math import log

from surveillance.detectors.poisson_cusum import PoissonCusum
from tests.simulation.run_length_rows import Design, Quantity
from tests.simulation.walks import count_run_lengths

MEANS = ((2.0, 4.0, 370), (0.5, 1.0, 520), (6.0, 9.0, 1_000), (6.0, 3.0, 520))


def poisson_designs() -> list[Design]:
    """Return every chart of counts in control and at the mean worth detecting."""
    designs = []
    for low, high, run_length in MEANS:
        chart = PoissonCusum.design(in_control=low, out_of_control=high, run_length=run_length)
        # Lucas's reference value for the tuned pair, and a signal one step above h (in events), up to rounding.
        reference = (chart.out_of_control - chart.in_control) / log(chart.out_of_control / chart.in_control)
        limit = chart.limit_steps / chart.steps_per_event
        sign = 1.0 if high > low else -1.0
        for mean, words in ((low, "in control"), (high, "at the mean worth detecting")):
            quantities = [Quantity(f"mean {words}", chart.run_length(mean=mean))]
            for share, name in ((0.5, "median"), (0.95, "95th percentile")):
                within = int(chart.delay_quantile(mean=mean, share=share))
                found = float(chart.run_length_distribution(mean=mean, events=within))
                quantities.append(Quantity(f"share within the {name}, {words}", found, within))
            designs.append(
                Design(
                    "poisson_cusum",
                    f"{low:g} to {high:g} a period, asked {run_length} periods",
                    tuple(quantities),
                    lambda rng, runs, mean=mean, k=reference, h=limit, sign=sign: count_run_lengths(
                        rng, mean, k, h, sign, runs
                    ),
                )
            )
    return designs
