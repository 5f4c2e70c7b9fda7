"""Episodes: alarms of one deployment about the same stretch of weeks share one owner and one clock."""

from dataclasses import dataclass

from surveillance.domain.alarm import AlarmDraft


@dataclass(frozen=True, slots=True)
class OpenEpisode:
    """An episode with an alarm still open, as the span of weeks from onset to newest signal."""

    episode_id: int
    onset: int
    signal: int


def joins(draft: AlarmDraft, episodes: tuple[OpenEpisode, ...]) -> int | None:
    """Return the open episode whose weeks intersect an alarm's [onset, signal]; None opens a new one.

    >>> from surveillance.domain.weeks import Week
    >>> draft = AlarmDraft("k", "chart", "alarm", "c", "alarm", Week(20), 0, Week(15), Week(14), Week(16), "", 1)
    >>> joins(draft, (OpenEpisode(3, 2, 9), OpenEpisode(7, 10, 15)))
    7
    """
    for episode in episodes:
        if episode.onset <= draft.week.number and draft.onset.number <= episode.signal:
            return episode.episode_id
    return None
