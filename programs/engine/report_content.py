"""The sealed content of a governance report: what was said and shown, as data, and the hash that seals it.

Amounts, ratios, days and shares are ``Decimal`` and stand in the canonical form as strings; dates are ISO 8601. Nothing is
formatted here: a door writes figures in its reader's way, and the hash stays the same. The canonical form survives a
round trip through a JSON column, which forgets the order of keys but not the values.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal

from programs.engine.rag import Rating

SCHEMA: Final = 1

Unit = Literal["date", "wd", "money", "ratio", "share"]
Tone = Literal["good", "bad", "neutral"]

_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class ReportContentError(ValueError):
    """Content that can not be sealed; ``path`` says where, such as ``figures.2.value``."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or 'content'}: {message}")
        self.path = path


@dataclass(frozen=True, slots=True)
class RatingLine:
    """A rated dimension: level, the rule that decided with its parameters, and the rule's English sentence."""

    dimension: str
    level: str
    code: str
    params: Mapping[str, str]
    sentence: str

    @classmethod
    def of(cls, rating: Rating) -> "RatingLine":
        """Return the line of a rating."""
        return cls(
            rating.dimension.value, rating.level.value, rating.code, dict(rating.params), rating.sentence()
        )


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One of the figures at the head, with what it is compared with.

    :ivar key: names figure and formula, such as ``finish``, ``cpi``, ``eac``; doors translate it.
    :ivar value, compared: by ``unit``: a date, working days, major units of the currency, a ratio, or a share (0.05 is
        5 %); None is *not available*.
    :ivar compared_key: what it is compared with, such as ``baseline``, ``approved``, ``last_report``.
    :ivar change: ``value`` against ``compared`` as a signed amount in ``change_unit``.
    :ivar tone: whether the change is good or bad, as a sign alone does not tell.
    """

    key: str
    unit: Unit
    value: Decimal | date | None
    compared_key: str = ""
    compared: Decimal | date | None = None
    change: Decimal | None = None
    change_unit: Unit = "wd"
    tone: Tone = "neutral"
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """One cause of what moved since the last report, working days; all causes sum to the total."""

    cause: str
    working_days: Decimal


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone: baseline and forecast (or actual) date, slippage in working days, late is positive."""

    name: str
    project: str
    forecast: date | None
    baseline: date | None = None
    slippage: Decimal | None = None
    is_done: bool = False
    level: str = "none"


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate that is to be decided next, of the program (``project`` empty) or of a project; slippage in working days.

    :ivar state: code of what was decided so far: pending or held. :ivar criteria, open: how many it has, and how many are not met.
    """

    name: str
    project: str
    forecast: date | None
    baseline: date | None = None
    slippage: Decimal | None = None
    state: str = "pending"
    criteria: int = 0
    open: int = 0
    level: str = "none"


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """Where one project stands: working days of slippage, late is positive; percent 0..100; ``finish_at`` to the minute."""

    code: str
    name: str
    finish: date | None = None
    baseline: date | None = None
    slippage: Decimal | None = None
    percent: Decimal | None = None
    finish_at: str = ""


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Cost performance of one project, or of the program's own lines; major units and ratios."""

    name: str
    budget: Decimal
    planned: Decimal
    earned: Decimal
    actual: Decimal
    eac: Decimal | None
    spi: Decimal | None = None
    cpi: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Cumulative amounts at the end of a period, major units; None where the curve does not reach."""

    at: date
    planned: Decimal | None = None
    earned: Decimal | None = None
    actual: Decimal | None = None
    forecast: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk: probability in [0, 1], impact in working days and major units."""

    number: int
    title: str
    owner: str
    probability: Decimal
    impact_days: Decimal
    impact_cost: Decimal
    response: str = ""
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """The agreement that slippage is measured against, where it was made in spite of failed quality checks.

    :ivar score: passed checks in percent of those with a verdict, 0..100.
    :ivar failed: English names of the failed checks; doors translate them.
    :ivar waiver: why the plan was agreed all the same.
    """

    name: str
    taken_on: date
    revision: int
    waiver: str
    score: int | None = None
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All that a published report says, at one revision of one program; ``supersedes``: the number of the report it corrects."""

    portfolio: str
    program: str
    number: int
    title: str
    data_date: date
    revision: int
    currency: str
    headline: str = ""
    achievements: str = ""
    outlook: str = ""
    decisions: tuple[str, ...] = ()
    ratings: tuple[RatingLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    movements: tuple[Movement, ...] = ()
    moved_since: date | None = None
    milestones: tuple[MilestoneLine, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    money_total: MoneyLine | None = None
    curve: tuple[CurvePoint, ...] = ()
    risks: tuple[RiskLine, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    supersedes: int | None = None
    baseline: BaselineLine | None = None
    gates: tuple[GateLine, ...] = ()
    schema: int = SCHEMA


def to_data(content: ReportContent) -> dict[str, Any]:
    """Return the content as JSON data: decimals and dates as strings, control characters of pasted text removed.

    :raises ReportContentError: a float or another value that has no exact form.
    """
    data = _plain(content, "")
    assert isinstance(data, dict)
    return data


def canonical(content: ReportContent | Mapping[str, Any]) -> bytes:
    """Return the one UTF-8 JSON form of the content: keys sorted, no white space, no escapes that are not needed.

    :raises ReportContentError: a float or another value that has no exact form.
    """
    data = _plain(content, "")
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def content_hash(content: ReportContent | Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical form, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _plain(value: object, path: str) -> object:
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return _plain(value.value, path)
        case str():
            return _NOT_TEXT.sub("", value.replace("\r\n", "\n"))
        case Decimal():
            if not value.is_finite():
                raise ReportContentError(path, f"{value} is no figure; not available is None")
            return _exact(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {_key(key, path): _plain(item, f"{path}.{key}".lstrip(".")) for key, item in value.items()}
        case Sequence():
            return [_plain(item, f"{path}.{index}".lstrip(".")) for index, item in enumerate(value)]
        case _ if is_dataclass(value):
            names = (field.name for field in fields(value))
            return {name: _plain(getattr(value, name), f"{path}.{name}".lstrip(".")) for name in names}
        case _:
            raise ReportContentError(path, f"{type(value).__name__} has no exact form in a sealed report")


def _key(key: object, path: str) -> str:
    if not isinstance(key, str) or _NOT_TEXT.search(key):
        raise ReportContentError(path, "keys are printable text")
    return key


def _exact(value: Decimal) -> str:
    """Write a decimal without exponent and superfluous zeros, so that equal figures have one form."""
    text = f"{value.normalize():f}"
    return "0" if text in {"-0", "0"} else text
