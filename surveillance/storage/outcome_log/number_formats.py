"""What a spreadsheet's number format shows of a number: leading zeros, texts around it, per cent."""

import re
from dataclasses import dataclass
from decimal import Decimal

SIGNS = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<blank>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<loose>General|E[+-]0+|[#?@,])'
    r"|(?P<plain>[-$+/():!^&'~{}<>= ]|[^\x00-\x7f])|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"\s*[<>=]")


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A number format that shows more than the digits of a number.

    Attributes
    ----------
    pieces : what is shown in order, None being a digit that is always there; () where it cannot be told
    decimals : places after the point
    tail : the text after them
    sections : parts of the format; a second is for negative numbers, a third for zero
    per_cent : whether a hundredth is shown as 1 %
    """

    pieces: tuple[str | None, ...] = ()
    decimals: int = 0
    tail: str = ""
    sections: int = 1
    per_cent: bool = False


UNTOLD = NumberForm()


def number_form(code: str) -> NumberForm | None:
    """Return what a format adds to a number's digits; None where it is nothing but grouping, colour or places.

    Examples
    --------
    >>> [number_form(code) for code in ("General", "#,##0.00", "0", "_-* #,##0_-;-* #,##0_-")]
    [None, None, None, None]
    >>> number_form("0.0 %").per_cent, number_form("000-00").pieces, number_form('#" kg"') == UNTOLD
    (True, (None, None, None, '-', None, None), True)
    """
    pieces: list[str | None] = []
    decimals, tail, sections, per_cents = 0, "", 1, 0
    point = loose = untold = grouped = False
    for found in SIGNS.finditer(code):
        kind, sign = str(found.lastgroup), found[found.lastgroup or 0]
        if kind == "sign" and sign == ";":
            sections += 1
        elif sections > 1 or kind == "blank":
            continue
        elif kind in ("quoted", "escaped", "plain") or (kind == "bracket" and (sign := _currency(sign))):
            pieces, tail = (pieces, tail + sign) if point else ([*pieces, sign], tail)
        elif kind == "bracket":
            untold = untold or bool(CONDITION.match(found["bracket"]))
        elif kind == "loose":
            loose, grouped = True, sign == ","
        elif sign == "0":
            decimals, untold = decimals + point, untold or bool(tail)
            pieces += [] if point else [None]
            grouped = False
        elif sign == "." and not point:
            point, untold = True, untold or grouped
        elif sign == "%":
            per_cents += 1
        else:
            untold = True
    if per_cents:
        return NumberForm(per_cent=True) if per_cents == 1 else UNTOLD
    zeros, texts = pieces.count(None), bool(tail) or len(pieces) > pieces.count(None)
    if untold or grouped or not (zeros or loose):
        return UNTOLD
    if zeros <= 1 and not texts and (loose or not decimals or not zeros):
        return None
    return UNTOLD if loose or not zeros else NumberForm(tuple(pieces), decimals, tail, sections)


def _currency(bracket: str) -> str:
    """Return the sign of a currency that brackets hold, "" where they hold a colour or a language only."""
    return bracket[1:].partition("-")[0] if bracket.startswith("$") else ""


def as_shown(text: str, form: NumberForm) -> str | None:
    """Return a number, given as its shortest text, as the cell shows it; None where that cannot be told exactly.

    A whole number is given without places after the point, which a form may show; a fraction with all of them.

    Examples
    --------
    >>> [as_shown("100", number_form(code)) for code in ("00000000", "00-00", '"S"0000')]
    ['00000100', '01-00', 'S0100']
    >>> as_shown("3.1", number_form("0.00")), as_shown("100.4", number_form("000")), as_shown("3", number_form("0.0"))
    ('3.10', None, '3')
    """
    number = Decimal(text)
    exponent = number.normalize().as_tuple().exponent
    if not form.pieces or not isinstance(exponent, int) or exponent < -form.decimals:
        return None
    if (number < 0 and form.sections > 1) or (number == 0 and form.sections > 2):
        return None
    whole, point, places = f"{abs(number):.{form.decimals}f}".partition(".")
    width = form.pieces.count(None)
    digits = list(whole.zfill(width))
    first = "".join(digits[: len(digits) - width + 1])
    rest = iter([first, *digits[len(digits) - width + 1 :]])
    shown = "".join(next(rest) if piece is None else piece for piece in form.pieces)
    fraction = point + places if exponent < 0 else ""
    return f"{'-' if number < 0 else ''}{shown}{fraction}{form.tail}"


def per_cent_text(text: str) -> str:
    """Return a number as a cell in per cent shows it, with every place that it holds.

    Examples
    --------
    >>> per_cent_text("0.87"), per_cent_text("0.07"), per_cent_text("0.12345"), per_cent_text("1")
    ('87 %', '7 %', '12.345 %', '100 %')
    """
    return f"{Decimal(text).scaleb(2).normalize():f} %"
