"""Status by rule: red, amber, green from figures and a policy, each with the sentence that says why.

A rating names its message by ``code``; :data:`MESSAGES` holds the English sentence of each code with ``%(name)s``
parameters, so that a door may translate it. Nobody sets a colour by hand here: who disagrees changes the policy, and
the policy's name and version stand in every sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from math import isnan
from types import MappingProxyType
from typing import Final


class Level(StrEnum):
    """How a dimension stands; ``NONE`` is *not rated*."""

    OK = "ok"
    WATCH = "watch"
    BAD = "bad"
    NONE = "none"


class Dimension(StrEnum):
    """What is rated."""

    SCHEDULE = "schedule"
    COST = "cost"
    SCOPE = "scope"
    RISK = "risk"
    OVERALL = "overall"


class Blocked(StrEnum):
    """Why figures can not be trusted, so that nothing is rated."""

    NO = ""
    STUCK = "stuck"
    STALE = "stale"


MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "slippage": "because finish slippage %(value)s wd %(sign)s %(limit)s wd (policy “%(policy)s” v%(version)s)",
        "spi": "because SPI %(value)s %(sign)s %(limit)s (policy “%(policy)s” v%(version)s)",
        "cpi": "because CPI %(value)s %(sign)s %(limit)s (policy “%(policy)s” v%(version)s)",
        "exposure": (
            "because risk exposure %(value)s %% of budget %(sign)s %(limit)s %% "
            "(policy “%(policy)s” v%(version)s)"
        ),
        "no_baseline": "because there is no baseline to compare the finish with",
        "no_cost": "because no actual cost is recorded",
        "no_exposure": "because there is no budget to compare the risk exposure with",
        "scope_not_measured": "because scope is not measured yet",
        "stuck": "because the last computation failed",
        "stale": "because the figures are older than the plan",
        "nothing_rated": "because no dimension is rated",
        "worst_of": "because of %(dimensions)s",
        "all_ok": "because all rated dimensions are on track (policy “%(policy)s” v%(version)s)",
    }
)


@dataclass(frozen=True, slots=True)
class Policy:
    """The thresholds. A figure is *bad* beyond ``*_bad``, else *watch* beyond ``*_watch``; at a threshold it is fine.

    :ivar slippage_watch, slippage_bad: finish slippage, working days late.
    :ivar spi_watch, spi_bad, cpi_watch, cpi_bad: lower bounds of the indexes.
    :ivar exposure_watch, exposure_bad: expected cost of open risks as a share of the budget.

    :raises ValueError: a *bad* threshold milder than its *watch*.
    """

    name: str = "Standard"
    version: int = 1
    slippage_watch: float = 3.0
    slippage_bad: float = 10.0
    spi_watch: float = 0.95
    spi_bad: float = 0.85
    cpi_watch: float = 0.95
    cpi_bad: float = 0.85
    exposure_watch: float = 0.05
    exposure_bad: float = 0.10

    def __post_init__(self) -> None:
        rising = ("slippage", "exposure")
        for figure in (*rising, "spi", "cpi"):
            watch, bad = getattr(self, f"{figure}_watch"), getattr(self, f"{figure}_bad")
            if (bad < watch) if figure in rising else (bad > watch):
                raise ValueError(f"{figure}: the threshold of 'bad' is milder than that of 'watch'")

    @classmethod
    def of(cls, name: str, version: int, thresholds: Mapping[str, float]) -> "Policy":
        """Return a policy from stored thresholds; those that are not named keep their defaults.

        :raises ValueError: an unknown threshold, or a *bad* one milder than its *watch*.
        """
        known = {item.name for item in fields(cls)} - {"name", "version"}
        if unknown := thresholds.keys() - known:
            raise ValueError(f"unknown thresholds: {', '.join(sorted(unknown))}")
        return cls(name=name, version=version, **{key: float(value) for key, value in thresholds.items()})


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one scope; None or NaN is *not available*.

    :ivar finish_slippage: working days, late is positive. :ivar exposure_share: expected risk cost / budget.
    """

    finish_slippage: float | None = None
    spi: float | None = None
    cpi: float | None = None
    exposure_share: float | None = None
    blocked: Blocked = Blocked.NO


@dataclass(frozen=True, slots=True)
class Rating:
    """One rated dimension: the level, the rule that decided, and the figures put into it.

    :ivar code: key of :data:`MESSAGES`. :ivar params: its parameters as text. :ivar values: raw figures, for doors
        that write numbers in the reader's own way.
    """

    dimension: Dimension
    level: Level
    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)

    def sentence(self) -> str:
        """Return the English reason, such as *because SPI 0.94 < 0.95 (policy “Standard” v2)*."""
        return MESSAGES[self.code] % self.params


def rate(figures: Figures, policy: Policy) -> tuple[Rating, ...]:
    """Rate schedule, cost, scope, risk and overall, in this order.

    Schedule is the worse of finish slippage and SPI, cost goes by CPI, risk by exposure; scope is not rated until it
    is measured; overall is the worst rated dimension. A stuck or stale scope is not rated at all.
    """
    dimensions = [dimension for dimension in Dimension if dimension is not Dimension.OVERALL]
    if figures.blocked:
        return tuple(Rating(dimension, Level.NONE, figures.blocked.value) for dimension in Dimension)
    ratings = [_dimension(dimension, figures, policy) for dimension in dimensions]
    return (*ratings, overall(ratings, policy))


def overall(ratings: Sequence[Rating], policy: Policy) -> Rating:
    """Return the worst of ``ratings``, naming the dimensions that share it; not rated when none is."""
    rated = [rating for rating in ratings if rating.level is not Level.NONE]
    if not rated:
        return Rating(Dimension.OVERALL, Level.NONE, "nothing_rated")
    worst = max((rating.level for rating in rated), key=_SEVERITY.index)
    if worst is Level.OK:
        return Rating(Dimension.OVERALL, Level.OK, "all_ok", _signature(policy))
    culprits = ", ".join(rating.dimension.value for rating in rated if rating.level is worst)
    return Rating(Dimension.OVERALL, worst, "worst_of", {"dimensions": culprits})


_SEVERITY: Final = (Level.NONE, Level.OK, Level.WATCH, Level.BAD)


def _dimension(dimension: Dimension, figures: Figures, policy: Policy) -> Rating:
    match dimension:
        case Dimension.SCHEDULE:
            rated = [
                _above(
                    dimension,
                    "slippage",
                    figures.finish_slippage,
                    policy.slippage_watch,
                    policy.slippage_bad,
                    policy,
                ),
                _below(dimension, "spi", figures.spi, policy.spi_watch, policy.spi_bad, policy),
            ]
            return _worst(rated) or Rating(dimension, Level.NONE, "no_baseline")
        case Dimension.COST:
            cost = _below(dimension, "cpi", figures.cpi, policy.cpi_watch, policy.cpi_bad, policy)
            return cost or Rating(dimension, Level.NONE, "no_cost")
        case Dimension.RISK:
            share, watch, bad = figures.exposure_share, policy.exposure_watch, policy.exposure_bad
            risk = _above(dimension, "exposure", share, watch, bad, policy, scale=100.0)
            return risk or Rating(dimension, Level.NONE, "no_exposure")
        case _:
            return Rating(dimension, Level.NONE, "scope_not_measured")


def _worst(ratings: Sequence[Rating | None]) -> Rating | None:
    rated = [rating for rating in ratings if rating is not None]
    return max(rated, key=lambda rating: _SEVERITY.index(rating.level), default=None)


def _above(
    dimension: Dimension,
    code: str,
    value: float | None,
    watch: float,
    bad: float,
    policy: Policy,
    *,
    scale: float = 1.0,
) -> Rating | None:
    if value is None or isnan(value):
        return None
    level, limit, sign = (
        (Level.BAD, bad, ">")
        if value > bad
        else (Level.WATCH, watch, ">")
        if value > watch
        else (Level.OK, watch, "≤")
    )
    return _reason(dimension, level, code, value * scale, sign, limit * scale, policy)


def _below(
    dimension: Dimension, code: str, value: float | None, watch: float, bad: float, policy: Policy
) -> Rating | None:
    if value is None or isnan(value):
        return None
    level, limit, sign = (
        (Level.BAD, bad, "<")
        if value < bad
        else (Level.WATCH, watch, "<")
        if value < watch
        else (Level.OK, watch, "≥")
    )
    return _reason(dimension, level, code, value, sign, limit, policy)


def _reason(
    dimension: Dimension, level: Level, code: str, value: float, sign: str, limit: float, policy: Policy
) -> Rating:
    shown, bound = _figures(value, limit)
    params = {"value": shown, "sign": sign, "limit": bound, **_signature(policy)}
    return Rating(dimension, level, code, params, {"value": value, "limit": limit})


def _signature(policy: Policy) -> dict[str, str]:
    return {"policy": policy.name, "version": str(policy.version)}


def _figures(value: float, limit: float) -> tuple[str, str]:
    """Write both with two decimals, or with as many as it takes to show that they differ."""
    for digits in range(2, 16):
        shown, bound = _plain(value, digits), _plain(limit, digits)
        if shown != bound or value == limit:
            break
    return shown, bound


def _plain(number: float, digits: int) -> str:
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if text not in {"-0", ""} else "0"
