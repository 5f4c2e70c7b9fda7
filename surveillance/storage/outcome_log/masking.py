"""Show a value without giving away whom it is about."""

import re

TEN_DIGITS = re.compile(r"(?<![0-9])(?<![0-9][.,])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?:\.0)?(?![0-9])")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
POSTCODE = re.compile(r"(?i)(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])")
WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)


def is_nhs_number(text: str) -> bool:
    """Return whether ten digits carry the check digit of an NHS number (modulus 11).

    Examples
    --------
    >>> is_nhs_number("999 000 0018"), is_nhs_number("9990000017")
    (True, False)

    References
    ----------
    NHS Data Model and Dictionary, NHS NUMBER: modulus 11 algorithm.
    """
    digits = [int(c) for c in text.removesuffix(".0") if c.isdecimal() and c.isascii()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    remainder = 11 - sum(w * d for w, d in zip(WEIGHTS, digits[:9], strict=True)) % 11
    return remainder % 11 == digits[9]


def masked(value: str) -> str:
    """Return the ends of a value only.

    Examples
    --------
    >>> masked("9434765919"), masked("SW1A 1AA")
    ('943***5919', 'S***A')
    """
    plain = value.removesuffix(".0")
    digits = "".join(c for c in plain if c.isdecimal())
    if len(digits) == 10:
        return f"{digits[:3]}***{digits[-4:]}"
    return f"{plain[:1]}***{plain[-1:]}"


def mask(text: str) -> str:
    """Return a text in which NHS numbers, e-mail addresses and postcodes are masked.

    Examples
    --------
    >>> mask("call 999 000 0018 or a.b@nhs.net")
    'call 999***0018 or a***t'
    """
    text = TEN_DIGITS.sub(lambda m: masked(m[0]) if is_nhs_number(m[0]) else m[0], text)
    text = EMAIL.sub(lambda m: masked(m[0]), text)
    return POSTCODE.sub(lambda m: masked(m[0]), text)
