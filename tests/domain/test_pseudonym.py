"""Pseudonyms: the same study has the same one however it is written, and a slip of the pen is noticed."""

import base64
import hashlib
import hmac
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.domain.pseudonym import ALPHABET, Subject, normalised, pseudonym, read_pseudonym

KEY = bytes(range(32))
CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
NUMBERS = st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/ ", min_size=1, max_size=20).filter(str.strip)


def other_signs(made, place):
    return [made[:place] + sign + made[place + 1 :] for sign in ALPHABET if sign != made[place]]


@pytest.mark.parametrize("number", ["RX1-00123", "00017", "É12"])
def test_the_drawn_signs_are_those_of_hmac_sha256_in_base_32(number):
    """By the standard library's HMAC and base 32, whose alphabet is put into Crockford's."""
    digest = hmac.new(KEY, b"surveillance/study/1\0" + number.encode(), hashlib.sha256).digest()
    expected = base64.b32encode(digest[:10]).decode().translate(CROCKFORD)[:14]

    assert pseudonym(KEY, Subject.STUDY, number).replace("-", "")[1:15] == expected


def test_hmac_is_that_of_rfc_4231_test_case_2():
    """The RFC's digest for key "Jefe" is what the standard library gives, on which the pseudonym rests."""
    digest = hmac.digest(b"Jefe", b"what do ya want for nothing?", "sha256").hex()
    assert digest == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


@pytest.mark.parametrize(
    "written",
    [" rx1-00123", "RX1-00123\t", "Rx1-00123", '="RX1-00123"', "'RX1-00123", "\ufeffRX1-00123", "RX1-00123\u00a0"],
)
def test_spellings_of_one_number_have_one_pseudonym(written):
    assert pseudonym(KEY, Subject.STUDY, written) == pseudonym(KEY, Subject.STUDY, "RX1-00123")


def test_composed_and_decomposed_letters_have_one_pseudonym():
    assert pseudonym(KEY, Subject.STUDY, "e\u0301-1") == pseudonym(KEY, Subject.STUDY, "\u00c9-1")


@pytest.mark.parametrize(("one", "other"), [("00123", "123"), ("A-12", "A12"), ("A 12", "A12"), ("12", "12-1")])
def test_different_study_numbers_have_different_pseudonyms(one, other):
    assert pseudonym(KEY, Subject.STUDY, one) != pseudonym(KEY, Subject.STUDY, other)


def test_a_patients_number_may_be_grouped():
    assert normalised(Subject.PATIENT, "943 476-5919") == normalised(Subject.PATIENT, "9434765919")


def test_study_and_patient_of_one_number_and_two_keys_have_nothing_in_common():
    study, patient = (pseudonym(KEY, subject, "12345678") for subject in Subject)
    other = pseudonym(KEY[::-1], Subject.STUDY, "12345678")
    assert len({study[1:], patient[1:], other[1:]}) == 3


@given(NUMBERS)
def test_every_pseudonym_can_be_read_in_lower_case_and_without_hyphens(number):
    made = pseudonym(KEY, Subject.STUDY, number)
    assert read_pseudonym(made) == read_pseudonym(made.lower().replace("-", " ")) == made
    assert read_pseudonym(made.replace("-", "").replace("0", "O").replace("1", "l")) == made


@given(NUMBERS)
def test_every_single_wrong_sign_is_noticed(number):
    made = pseudonym(KEY, Subject.PATIENT, number).replace("-", "")
    wrong = [text for place in range(1, 16) for text in other_signs(made, place)]
    assert [text for text in wrong if read_pseudonym(text)] == []


@given(NUMBERS)
def test_any_two_signs_that_changed_places_are_noticed(number):
    made = pseudonym(KEY, Subject.STUDY, number).replace("-", "")
    for one, other in itertools.combinations(range(1, 16), 2):
        signs = list(made)
        signs[one], signs[other] = signs[other], signs[one]
        assert made[one] == made[other] or read_pseudonym("".join(signs)) is None


def test_one_in_thirty_two_of_other_mistypings_passes():
    """Of 20,000 random sixteen signs, 1/32 pass: |z| of the binomial below 4 (fixed numbers)."""
    drawn = [hashlib.sha256(str(number).encode()).digest() for number in range(20_000)]
    passing = sum(read_pseudonym("S" + "".join(ALPHABET[byte & 31] for byte in one[:15])) is not None for one in drawn)
    mean = 20_000 / 32
    assert abs(passing - mean) < 4 * (mean * 31 / 32) ** 0.5


def test_a_hundred_thousand_numbers_in_a_row_have_as_many_pseudonyms():
    assert len({pseudonym(KEY, Subject.STUDY, f"ACC{number:08d}") for number in range(100_000)}) == 100_000


def test_a_short_key_and_an_empty_number_are_refused():
    with pytest.raises(ValueError, match="needs at least 16 bytes, got 15"):
        pseudonym(KEY[:15], Subject.STUDY, "1")
    with pytest.raises(ValueError, match="needs an identifier"):
        pseudonym(KEY, Subject.STUDY, " \u200b")
