"""Pseudonyms of studies and patients: made with a secret key, readable aloud, a slip of the pen noticed."""

import hmac
import re
import unicodedata
from enum import StrEnum
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: without I, L, O and U
VALUE_OF: Final = {sign: value for value, sign in enumerate(ALPHABET)}
MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u00a0": None})
SHORTEST_KEY, KEY_BYTES = 16, 32
DRAWN_BITS = 70  # 14 signs: among ten million studies two share a pseudonym once in 25 million departments
SHAPE = re.compile(rf"[SP][{ALPHABET}]{{15}}")
EDGES: Final = " \t\r\n\f\v\u00a0\u200b\u200c\u200d\ufeff"
FORCED_TEXT = re.compile(r'="([^"]*)"')


class Subject(StrEnum):
    """Whom or what a pseudonym stands for; it is the pseudonym's first sign."""

    STUDY = "S"
    PATIENT = "P"


PURPOSE: Final = {subject: f"surveillance/{subject.name.lower()}/1\0".encode() for subject in Subject}


def as_written(text: str) -> str:
    """Return an identifier without what only a spreadsheet put around it: space, ="...", a leading apostrophe.

    Examples
    --------
    >>> as_written(' ="00123" '), as_written("'00123"), as_written("00123.0")
    ('00123', '00123', '00123')
    """
    plain = text.strip(EDGES)
    if plain.startswith("=") and (forced := FORCED_TEXT.fullmatch(plain)):
        plain = forced[1].strip(EDGES)
    plain = plain.removeprefix("'").strip(EDGES)
    return plain.removesuffix(".0") if plain.endswith(".0") and plain[:-2].isdecimal() else plain


def normalised(subject: Subject, text: str) -> str:
    """Return the one form under which the spellings of an identifier meet: same letters, whatever their case.

    Leading zeros stay: 00123 and 123 are two studies. The digits of a patient's number may be grouped.

    Examples
    --------
    >>> normalised(Subject.STUDY, " rx1-00123 "), normalised(Subject.PATIENT, "943 476 5919")
    ('RX1-00123', '9434765919')
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", as_written(text)).upper())
    joined = plain.replace(" ", "").replace("-", "")
    return joined if subject is Subject.PATIENT and joined.isdecimal() else plain


def pseudonym(key: bytes, subject: Subject, identifier: str) -> str:
    """Return the pseudonym of an identifier: the same for the same key, and not to be undone without it.

    HMAC-SHA256 of the normalised identifier, under a name of its own for studies and for patients; 70 bits of it
    in Crockford's base 32 after the sign of the subject, and a last sign that makes the sum
    sum_i c_i a^(15 - i) over the 16 signs zero in GF(32), a^5 = a^2 + 1: every single wrong sign, and every two
    signs that changed places, are noticed; of other mistypings 31 in 32.

    Raises
    ------
    ValueError
        If the key is shorter than 16 bytes or there is no identifier.

    Examples
    --------
    >>> one = pseudonym(b"sixteen bytes or more", Subject.STUDY, "RX1-00123")
    >>> one == pseudonym(b"sixteen bytes or more", Subject.STUDY, " rx1-00123")
    True
    >>> len(one), one[0], read_pseudonym(one.lower().replace("-", " ")) == one
    (19, 'S', True)

    References
    ----------
    RFC 2104 (HMAC); Crockford, Base 32 (crockford.com/base32.html); Reed & Solomon (1960) J SIAM 8(2), 300-304.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"a key needs at least {SHORTEST_KEY} bytes, got {len(key)}")
    plain = normalised(subject, identifier)
    if not plain:
        raise ValueError("a pseudonym needs an identifier, got none")
    digest = hmac.digest(key, PURPOSE[subject] + plain.encode(), "sha256")
    drawn = int.from_bytes(digest[:9], "big") >> (72 - DRAWN_BITS)
    signs = subject.value + "".join(ALPHABET[drawn >> shift & 31] for shift in range(DRAWN_BITS - 5, -1, -5))
    return grouped(signs + ALPHABET[_remainder(signs)])


def read_pseudonym(text: str) -> str | None:
    """Return a pseudonym as it is kept, or None where its last sign says that it is mistyped.

    Examples
    --------
    >>> read_pseudonym("S000-0000-0000-0000") is None
    True
    """
    plain = text.strip(EDGES).upper().translate(MISREAD)
    if not SHAPE.fullmatch(plain) or _remainder(plain[:-1]) != VALUE_OF[plain[-1]]:
        return None
    return grouped(plain)


def looks_like_pseudonym(text: str) -> bool:
    """Return whether a text has the shape of a pseudonym, mistyped or not.

    Examples
    --------
    >>> looks_like_pseudonym("S000-0000-0000-0000"), looks_like_pseudonym("H00017")
    (True, False)
    """
    return SHAPE.fullmatch(text.strip(EDGES).upper().translate(MISREAD)) is not None


def grouped(signs: str) -> str:
    """Return 16 signs in four groups of four: no run of them is long enough to look like a number or a postcode.

    Examples
    --------
    >>> grouped("S123456789ABCDEF")
    'S123-4567-89AB-CDEF'
    """
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:12]}-{signs[12:]}"


def _remainder(signs: str) -> int:
    """Return the value that the last sign must have."""
    total = 0
    for sign in signs:
        total = TIMES_A[total ^ VALUE_OF[sign]]
    return total


TIMES_A: Final = tuple(value << 1 if value < 16 else (value << 1) ^ 0b100101 for value in range(32))
