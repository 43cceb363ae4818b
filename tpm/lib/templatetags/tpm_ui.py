"""How the screens write figures: one way for signs, money, dates, ratings, icons.

Signs mean one thing everywhere: a finish slippage of ``+5 wd`` is late and ``−2 wd`` is early; a cost variance of
``−120 k`` is over budget. A missing figure is an en dash, never a zero. The number formats follow the active language.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from django import forms, template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from iso4217 import Currency

from tpm.lib import staticfiles, walltime
from tpm.lib.strings import ui_strings as browser_strings

register = template.Library()

NOTHING = "–"
MINUS = "−"
NBSP = "\u00a0"
MINUTES_PER_DAY = 480
"""A plan day: eight working hours, as durations are written in days everywhere."""

RAG_LEVELS = ("ok", "watch", "bad", "none")
_RAG_ALIASES = {
    "green": "ok",
    "amber": "watch",
    "yellow": "watch",
    "red": "bad",
    "": "none",
    "unknown": "none",
}
_SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "k"))


def _number(value: Any) -> Decimal | None:
    """The value as a finite decimal; None where there is no figure (None, empty, NaN, infinity, text)."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _write(number: Decimal, places: int, *, signed: bool = False) -> str:
    """The number in the active language, rounded half-even; the minus is a real minus, zero has no sign."""
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    text = formats.number_format(abs(rounded), decimal_pos=places, use_l10n=True, force_grouping=True)
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


def _whole(number: Decimal) -> bool:
    return round(number, 1) == number.to_integral_value()


# --- slippage and durations --------------------------------------------------------------------------------------


@register.filter
def signed_days(value: Any, unit: str = "wd") -> str:
    """Days with their sign: ``+5 wd`` is late, ``−2 wd`` early; one decimal only where it says something."""
    number = _number(value)
    if number is None:
        return NOTHING
    places = 0 if _whole(number) else 1
    names = {"wd": pgettext("working days, short", "wd"), "cd": pgettext("calendar days, short", "cd")}
    return f"{_write(number, places, signed=True)}{NBSP}{names.get(unit, unit)}"


@register.filter
def wd(value: Any) -> str:
    """Signed working days, from days."""
    return signed_days(value, "wd")


@register.filter
def cd(value: Any) -> str:
    """Signed calendar days, from days."""
    return signed_days(value, "cd")


@register.filter
def wd_minutes(value: Any) -> str:
    """Signed working days, from working minutes (480 to the day)."""
    number = _number(value)
    return (
        NOTHING if number is None or number == walltime.NONE else signed_days(number / MINUTES_PER_DAY, "wd")
    )


@register.filter
def duration(value: Any) -> str:
    """A duration in working minutes as days, or as hours where it is shorter than a day."""
    number = _number(value)
    if number is None or number == walltime.NONE:
        return NOTHING
    if 0 < abs(number) < MINUTES_PER_DAY:
        hours = number / 60
        return f"{_write(hours, 0 if _whole(hours) else 1)}{NBSP}{pgettext('hours, short', 'h')}"
    days = number / MINUTES_PER_DAY
    return f"{_write(days, 0 if _whole(days) else 1)}{NBSP}{pgettext('days, short', 'd')}"


@register.filter
def slip_words(value: Any, unit: str = "wd") -> str:
    """What a slippage means, in words, for tooltips and screen readers."""
    number = _number(value)
    if number is None:
        return _("no baseline to compare with")
    if number == 0:
        return _("on the baseline date")
    count = abs(number)
    places = 0 if _whole(count) else 1
    plural = 1 if count == 1 else 2
    if unit == "cd":
        text = ngettext("%(n)s calendar day", "%(n)s calendar days", plural)
    else:
        text = ngettext("%(n)s working day", "%(n)s working days", plural)
    days = text % {"n": _write(count, places)}
    if number > 0:
        return _("%(days)s later than the baseline") % {"days": days}
    return _("%(days)s earlier than the baseline") % {"days": days}


@register.simple_tag
def slip(value: Any, unit: str = "wd", *, bare: bool = False) -> SafeString:
    """A slippage as an element: signed days, tone by class, the words on hover.

    ``bare`` leaves the unit out, for columns whose header carries it.
    """
    number = _number(value)
    if number is None:
        return format_html('<span class="na" data-tip="{}">{}</span>', slip_words(None), NOTHING)
    tone = "late" if number > 0 else "early" if number < 0 else "even"
    return format_html(
        '<span class="slip {}" data-tip="{}">{}</span>',
        tone,
        slip_words(number, unit),
        signed_days(number, unit).split(NBSP)[0] if bare else signed_days(number, unit),
    )


# --- money and ratios --------------------------------------------------------------------------------------------


@register.filter
def money(value: Any, currency: str = "") -> str:
    """An amount in full, two decimals, grouped: ``1,234,567.00 EUR``."""
    number = _number(value)
    if number is None:
        return NOTHING
    return _write(number, 2) + (f"{NBSP}{currency}" if currency else "")


@register.filter
def money_of(value: Any, currency: str) -> str:
    """An amount in full with its currency, in as many decimals as that counts in: ``1,200 JPY``, ``1.250 KWD``."""
    number = _number(value)
    if number is None:
        return NOTHING
    try:
        places = Currency(currency).exponent
    except ValueError:
        places = None
    return f"{_write(number, 2 if places is None else places)}{NBSP}{currency}"


@register.filter
def exact(value: Any) -> str:
    """A number with all of its decimals and no zeros behind them: a rate."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else NOTHING


@register.filter
def named(code: Any, names: Any) -> str:
    """The name of a code by a table of names; the code itself where there is none."""
    return str(names.get(code, code)) if isinstance(names, Mapping) else str(code)


def _compact(number: Decimal, *, signed: bool) -> str:
    """Three significant figures with a scale; below a thousand the plain number."""
    if abs(number) < Decimal("999.5"):
        return _write(number, 0, signed=signed)
    for scale, name in reversed(_SCALES):
        scaled = number / scale
        if abs(scaled) < Decimal("999.5") or name == _SCALES[0][1]:
            break
    places = 2 if abs(scaled) < Decimal("9.995") else 1 if abs(scaled) < Decimal("99.95") else 0
    if name == "k":
        places = max(0, places - 1)
    return f"{_write(scaled, places, signed=signed)}{NBSP}{_scale_name(name)}"


def _scale_name(name: str) -> str:
    if name == "bn":
        return pgettext("thousand million, short", "bn")
    if name == "M":
        return pgettext("million, short", "M")
    return pgettext("thousand, short", "k")


@register.filter
def money_short(value: Any, currency: str = "") -> str:
    """An amount with three significant figures: ``4.31 M``, ``−120 k``."""
    number = _number(value)
    if number is None:
        return NOTHING
    return _compact(number, signed=False) + (f"{NBSP}{currency}" if currency else "")


@register.filter
def money_delta(value: Any, currency: str = "") -> str:
    """A difference of amounts, always with its sign: ``+120 k``, ``−1.40 M``."""
    number = _number(value)
    if number is None:
        return NOTHING
    return _compact(number, signed=True) + (f"{NBSP}{currency}" if currency else "")


@register.simple_tag
def variance(value: Any, currency: str = "") -> SafeString:
    """A cost variance as an element; negative is over budget and says so."""
    number = _number(value)
    if number is None:
        return format_html('<span class="na">{}</span>', NOTHING)
    tone = "worse" if number < 0 else "better" if number > 0 else "even"
    words = _("over budget") if number < 0 else _("under budget") if number > 0 else _("on budget")
    return format_html(
        '<span class="delta {}" data-tip="{}">{}</span>',
        tone,
        f"{money(abs(number), currency)} {words}",
        money_delta(number, currency),
    )


@register.filter
def ratio(value: Any) -> str:
    """An index such as SPI or CPI with two decimals; an en dash where it is not available."""
    number = _number(value)
    return NOTHING if number is None else _write(number, 2)


@register.filter
def percent(value: Any, places: int = 0) -> str:
    """A percentage given as 0..100."""
    number = _number(value)
    return NOTHING if number is None else f"{_write(number, int(places))}{NBSP}%"


@register.filter
def percent_delta(value: Any, places: int = 1) -> str:
    """A signed percentage given as 0..100: ``−2.6 %``."""
    number = _number(value)
    return NOTHING if number is None else f"{_write(number, int(places), signed=True)}{NBSP}%"


@register.filter
def minus(value: Any, other: Any) -> Any:
    """The difference of two whole numbers; empty where one is missing."""
    first, second = _number(value), _number(other)
    return "" if first is None or second is None else int(first - second)


# --- dates -------------------------------------------------------------------------------------------------------


def _as_date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


@register.filter
def wall(value: Any) -> dt.datetime | None:
    """Wall minutes since 1970-01-01T00:00 as a naive datetime; None where missing."""
    number = _number(value)
    return None if number is None else walltime.to_datetime(int(number))


@register.filter
def day(value: Any, today: dt.date | None = None) -> str:
    """A date as people say it: ``Fri 27 Nov``, with the year where it is not the current one."""
    date = _as_date(value)
    if date is None:
        return NOTHING
    today = today or timezone.localdate()
    text = (
        formats.date_format(date, _("D j M"))
        if date.year == today.year
        else formats.date_format(date, _("D j M Y"))
    )
    return text.replace(" ", NBSP)


@register.filter
def full_day(value: Any) -> str:
    """A date with its year: ``27 Nov 2026``."""
    date = _as_date(value)
    return NOTHING if date is None else formats.date_format(date, _("j M Y"))


@register.filter
def relative_day(value: Any, today: dt.date | None = None) -> str:
    """How far away a date is: ``in 6 d``, ``3 d ago``, ``today``; months from sixty days on, years from two years on."""
    date = _as_date(value)
    if date is None:
        return ""
    days = (date - (today or timezone.localdate())).days
    if days == 0:
        return _("today")
    count = abs(days)
    if count < 60:
        amount, unit = count, pgettext("days, short", "d")
    elif count < 730:
        amount, unit = round(count / 30.4375), pgettext("months, short", "mo")
    else:
        amount, unit = round(count / 365.25), pgettext("years, short", "y")
    text = f"{amount}{NBSP}{unit}"
    return (_("in %(time)s") if days > 0 else _("%(time)s ago")) % {"time": text}


@register.simple_tag
def when(value: Any, today: dt.date | None = None) -> SafeString:
    """A date with how far away it is: ``Fri 27 Nov · in 6 d``."""
    date = _as_date(value)
    if date is None:
        return format_html('<span class="na">{}</span>', NOTHING)
    return format_html(
        '<time class="when" datetime="{}">{}<span class="relative"> · {}</span></time>',
        date.isoformat(),
        day(date, today),
        relative_day(date, today),
    )


@register.filter
def ago(value: Any, now: dt.datetime | None = None) -> str:
    """The age of an instant: ``just now``, ``4 min ago``, ``3 h ago``, ``2 d ago``."""
    if not isinstance(value, dt.datetime):
        return ""
    now = now or (timezone.now() if timezone.is_aware(value) else timezone.now().replace(tzinfo=None))
    seconds = (now - value).total_seconds()
    if seconds < 45:
        return _("just now")
    for limit, size, unit in (
        (3600, 60, pgettext("minutes, short", "min")),
        (86400, 3600, pgettext("hours, short", "h")),
        (float("inf"), 86400, pgettext("days, short", "d")),
    ):
        if seconds < limit:
            return _("%(time)s ago") % {"time": f"{max(1, int(seconds // size))}{NBSP}{unit}"}
    return ""


# --- tables and forms --------------------------------------------------------------------------------------------


@register.simple_tag
def sort_state(key: str, sort: str | None) -> str:
    """The ``aria-sort`` word of a column under the order ``sort`` (``"finish"`` or ``"-finish"``); empty when not sorted."""
    return {key: "ascending", f"-{key}": "descending"}.get(sort or "", "")


@register.simple_tag(takes_context=True)
def sort_url(context: template.Context, key: str, sort: str | None) -> str:
    """The query string that sorts by a column, or turns its order; other parameters stay, paging starts again."""
    request = context.get("request")
    params = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name in ("after", "before", "page"):
        params.pop(name, None)
    params["sort"] = f"-{key}" if sort == key else key
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def export_url(context: template.Context, kind: str) -> str:
    """The query string that gives the table of this address as a file (``csv`` or ``xlsx``)."""
    request = context.get("request")
    params = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name in ("after", "before", "page"):
        params.pop(name, None)
    params["export"] = kind
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def query_url(context: template.Context, **new: Any) -> str:
    """The query string of this address with other values; an empty one is left out."""
    request = context.get("request")
    params = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in new.items():
        params.pop(name, None)
        if value not in ("", None):
            params[name] = str(value)
    return "?" + params.urlencode()


@register.filter
def of_key(table: Any, key: Any) -> Any:
    """The value of a key in a mapping; empty where there is none."""
    return table.get(key, "") if isinstance(table, Mapping) else ""


@register.filter
def field_kind(field: Any) -> str:
    """How a bound field is laid out: ``check`` (label behind), ``group`` (fieldset) or ``line``."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "line"


# --- ratings, icons, strings -------------------------------------------------------------------------------------


@register.filter
def rag_level(value: Any) -> str:
    """A rating's class name: ok, watch, bad or none; colours as words are understood too."""
    level = str(getattr(value, "value", value) or "").lower()
    level = _RAG_ALIASES.get(level, level)
    return level if level in RAG_LEVELS else "none"


@register.filter
def rag_word(value: Any) -> str:
    """A rating in words."""
    return {
        "ok": _("on track"),
        "watch": _("watch"),
        "bad": _("off track"),
        "none": _("not rated"),
    }[rag_level(value)]


@register.inclusion_tag("components/_rag.html")
def rag(level: Any, reason: str = "", url: str = "", variant: str = "", label: str = "") -> dict[str, Any]:
    """A rating badge: shape, word and colour; the reason on hover, the rule behind the link."""
    return {"level": level, "reason": reason, "url": url, "variant": variant, "label": label}


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite; without a label it is decoration and hidden from assistive technology."""
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, href
        )
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', css, href
    )


@register.simple_tag
def preload_modules(entry: str) -> SafeString:
    """Links that let the browser fetch all that a module imports while the page is still being read."""
    names = ((static(name),) for name in staticfiles.modules(entry))
    return format_html_join("", '<link rel="modulepreload" href="{}">', names)


@register.simple_tag
def ui_strings() -> SafeString:
    """The translated strings of the browser side as a JSON block that ``js/lib/strings.js`` reads."""
    return json_script(browser_strings(), "tpm-strings")


@register.filter
def initials(value: Any) -> str:
    """At most two initials of a name: ``Ada King`` becomes ``AK``."""
    words = [word for word in str(value or "").replace(".", " ").replace("_", " ").split() if word]
    letters = (word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words))
    return "".join(letters).upper()
