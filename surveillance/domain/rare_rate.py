"""Rates of rare events as they are said: so many in a round number of studies."""


def round_number(rate: float) -> int:
    """Return the power of ten in which a rare rate is at least one event.

    >>> round_number(0.0002), round_number(0.001), round_number(0.0099)
    (10000, 1000, 1000)
    """
    many = 10
    while rate * many < 1.0 - 1e-9:
        many *= 10
    return many


def in_many(rate: float) -> str:
    """Return a rare rate as it is said.

    >>> in_many(0.0002), in_many(0.00045), in_many(0.001)
    ('2 in 10,000', '4.5 in 10,000', '1 in 1,000')
    """
    many = round_number(rate)
    return f"{rate * many:.2g} in {many:,}"
