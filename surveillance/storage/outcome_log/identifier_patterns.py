"""What identifies a patient, as patterns: in the names of columns, and in cells."""

import re

IDENTIFYING_HEADER = re.compile(
    r"\b((?:sur|fore|first|last|full|given|family|middle|maiden) ?name|patients? ?s? name|pt name"
    r"|dob|d o b|date of birth|birth ?date|birth dt|post ?code|zip ?code|home address"
    r"|address( line)?( ?\d)?|e ?mail|telephone|phone|mobile|next of kin)\b|^name$"
)
NUMBER_HEADER = re.compile(r"\b(nhs|patient|pt|mrn|hospital (no|number)|chi)\b")
NOT_A_PERSON = re.compile(r"\b(ip|mac|server|host|device|network) address\b")

# Any one cell that matches holds the file. RE2 syntax, so that a million cells take a blink.
TELL_TALE = {
    "an e-mail address": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]",
    "a patient name": r"^[A-Za-z'\- ]+\^[A-Za-z]|\b(?:Mr|Mrs|Miss|Ms|Master)\.? +[A-Z][a-z]+",
    "a date of birth": r"(?i)\b(?:dob|d\.o\.b\.?|date of birth)\b|\bborn\b.*\d{4}",
    "a postcode": r"(?i)(?:^|[^A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}(?:[^A-Z0-9]|$)",
}
WHOLE_DATE = r"^\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}$|^(?:19|20)\d{2}-\d{2}-\d{2}$"
WHOLE_POSTCODE = r"(?i)^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][ABD-HJLNP-UW-Z]{2}$"
WHOLE_NAME = r"^[A-Z][A-Za-z'\-]+, ?[A-Z][a-z]+(?: \(?(?:Mr|Mrs|Ms|Miss|Dr)\)?)?$"
TEN_DIGIT_CELL = r"^[^0-9\s]*[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?:\.0)?$"
TEN_DIGITS_IN_TEXT = r"(?:[A-Za-z]\s.*|^)\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b(?:.*\s[A-Za-z]|$)"
SCIENTIFIC = r"^[1-9]\.[0-9]+[eE]\+0?9$"


def plain_header(name: str) -> str:
    """Return a column name as lower-case words.

    Examples
    --------
    >>> plain_header("PatientBirthDate"), plain_header("NHS_No.")
    ('patient birth date', 'nhs no')
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return " ".join(re.findall(r"[a-z0-9]+", spaced.lower()))


def names_a_person(name: str) -> bool:
    """Return whether a column of this name holds what identifies a patient.

    Examples
    --------
    >>> [names_a_person(n) for n in ("Patient Name", "D.O.B.", "Scanner name", "IP address")]
    [True, True, False, False]
    """
    plain = plain_header(name)
    return bool(IDENTIFYING_HEADER.search(plain)) and not NOT_A_PERSON.search(plain)


def names_a_number(name: str) -> bool:
    """Return whether a column of this name may hold NHS or hospital numbers."""
    return bool(NUMBER_HEADER.search(plain_header(name)))
