"""Every design of the run-length table."""

from functools import cache

from tests.simulation.run_length_rows import Design, Row, rows_of
from tests.simulation.run_lengths_auroc import auroc_designs
from tests.simulation.run_lengths_counts import poisson_designs
from tests.simulation.run_lengths_lattice import bernoulli_designs, risk_designs
from tests.simulation.run_lengths_marks import gap_designs, xmr_designs
from tests.simulation.run_lengths_series import cusum_designs, ewma_designs

RUNS, FEW = 10_000, 400


@cache
def designs() -> tuple[Design, ...]:
    """Return every design; the product computes each of them anew."""
    return (
        *bernoulli_designs(),
        *risk_designs(),
        *poisson_designs(),
        *gap_designs(),
        *cusum_designs(),
        *ewma_designs(),
        *xmr_designs(),
        *auroc_designs(),
    )


def all_rows(runs: int) -> list[Row]:
    """Simulate every design."""
    return [row for design in designs() for row in rows_of(design, runs)]
