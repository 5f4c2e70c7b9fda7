"""How a synthetic AI sees a study: a latent suspicion, the score it prints, and its exact error rates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr, ndtri

DECIMALS = 4
LEAST, MOST = 0.0001, 0.9999


@dataclass(frozen=True, slots=True)
class Component:
    """One kind of positive study: its share of the positives and how far it stands above the negatives."""

    name: str
    share: float
    distance: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A binormal mixture: negatives score N(0, 1), each kind of positive N(distance, 1).

    The reported score is the probability of disease given the latent suspicion at the stated prevalence
    and mixture, so it is calibrated by construction until something changes. The last component is the
    hardest kind; a growing miss rate is planted by letting its share of the positives grow.

    Parameters
    ----------
    prevalence : share of studies with disease at which scores are calibrated
    specificity : share of negatives not flagged, which sets the threshold
    components : kinds of positives, shares adding to 1, hardest last

    The AI prints four decimals between .0001 and .9999: it is never certain. It flags by the printed score,
    which moves its specificity by less than .0001.

    Examples
    --------
    >>> reading = Reading(0.08, 0.95, (Component("visible", 0.92, 3.58), Component("occult", 0.08, 0.0)))
    >>> round(reading.sensitivity, 3), round(reading.auroc, 3), reading.threshold
    (0.9, 0.955, 0.0517)
    """

    prevalence: float
    specificity: float
    components: tuple[Component, ...]

    @property
    def shares(self) -> NDArray[np.float64]:
        """Return each component's share of the positives."""
        return np.array([component.share for component in self.components])

    @property
    def distances(self) -> NDArray[np.float64]:
        """Return each component's distance from the negatives in standard deviations."""
        return np.array([component.distance for component in self.components])

    @property
    def cut(self) -> float:
        """Return the latent suspicion from which the AI flags."""
        return float(ndtri(self.specificity))

    @property
    def threshold(self) -> float:
        """Return the operating threshold on the printed score."""
        return float(np.round(self.probability(np.array([self.cut])), DECIMALS)[0])

    @property
    def flagged_shares(self) -> NDArray[np.float64]:
        """Return the sensitivity for each component."""
        return np.asarray(ndtr(self.distances - self.cut))

    @property
    def sensitivity(self) -> float:
        """Return the share of positives flagged before any change."""
        return float(self.shares @ self.flagged_shares)

    @property
    def auroc(self) -> float:
        """Return the area under the curve before any change."""
        return float(self.shares @ ndtr(self.distances / np.sqrt(2.0)))

    def log_odds(self, latent: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the log odds of disease given the latent suspicion."""
        ratio = np.zeros_like(latent)
        for component in self.components:
            distance = component.distance
            ratio += component.share * np.exp(distance * latent - distance**2 / 2)
        return np.asarray(np.log(ratio) + np.log(self.prevalence / (1 - self.prevalence)))

    def probability(self, latent: NDArray[np.float64], shift: float = 0.0) -> NDArray[np.float64]:
        """Return the probability of disease, optionally shifted on the logit scale."""
        return np.asarray(expit(self.log_odds(latent) + shift))

    def hardest_share(self, miss_rate: float) -> float:
        """Return the share of the hardest positives at which a given share of positives is not flagged."""
        easier = self.shares[:-1] @ self.flagged_shares[:-1] / self.shares[:-1].sum()
        return float((easier - (1 - miss_rate)) / (easier - self.flagged_shares[-1]))


def printed(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the score as the AI prints it."""
    return np.clip(np.round(probability, DECIMALS), LEAST, MOST)
