"""Age bands of the log, from a day of birth and a day of study that are both forgotten afterwards."""

from datetime import date

BANDS = ((0, 39), (40, 64), (65, 74), (75, 120))


def age_band(born: date, studied: date) -> str | None:
    """Return the band of the age in whole years at the study, or None where no living person has that age.

    Examples
    --------
    >>> age_band(date(1960, 5, 4), date(2025, 5, 3)), age_band(date(1960, 5, 4), date(2025, 5, 4))
    ('40-64', '65-74')
    """
    age = studied.year - born.year - ((studied.month, studied.day) < (born.month, born.day))
    for low, high in BANDS:
        if low <= age <= high:
            return "75+" if low == 75 else f"{low}-{high}"
    return None
