"""Who is meant by ``@Marta Kowalska`` or ``@marta@example.org`` in a text about something."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tpm.accounts.models import User
from tpm.activity import subjects
from tpm.activity.subjects import Seen

MOST = 50  # people that one text may call


@dataclass(frozen=True)
class _Label:
    text: str
    people: tuple[User, ...]


def resolve(seen: Seen, text: str) -> list[dict[str, Any]]:
    """Return whom a text mentions, each once, in order: ``[{"user": 12, "label": "@Marta Kowalska"}]``.

    The longest name that fits counts. What fits nobody is plain text.

    :raises ValidationError: for somebody who can not see what the text is about, and for a name that several people have.
    """
    if "@" not in text:
        return []
    readers = {one.pk for one in subjects.readers(seen)}
    labels = _labels(subjects.neighbours(seen))
    found: dict[int, str] = {}
    wrong: list[str] = []
    folded = text.casefold()
    if len(folded) != len(text):  # letters that fold into several would shift every place behind them
        folded = text.lower() if len(text.lower()) == len(text) else text
    at = -1
    while (at := folded.find("@", at + 1)) >= 0:
        if at and (folded[at - 1].isalnum() or folded[at - 1] in "._-+"):
            continue  # an e-mail address
        label = next((one for one in labels if _fits(folded, at + 1, one.text)), None)
        if label is None:
            continue
        told = [one for one in label.people if one.pk in readers]
        said = text[at : at + 1 + len(label.text)]
        if len(told) > 1:
            wrong.append(
                _("Several people are called “%(name)s”. Write @ and the e-mail address.")
                % {"name": said[1:]}
            )
        elif not told:
            wrong.append(
                _(
                    "%(name)s can not see this, so would never read it. Give a role here first, or leave the @ out."
                )
                % {"name": label.people[0]}
            )
        else:
            found.setdefault(told[0].pk, said)
    if len(found) > MOST:
        wrong.append(_("Mention at most %(n)s people.") % {"n": MOST})
    if wrong:
        raise ValidationError({"text": list(dict.fromkeys(wrong))})
    return [{"user": user, "label": said} for user, said in found.items()]


def _labels(people: list[User]) -> list[_Label]:
    """Return what people can be called by, the longest first."""
    by_text: dict[str, list[User]] = {}
    for one in people:
        for text in {str(one).casefold(), one.email.casefold()} - {""}:
            by_text.setdefault(text, []).append(one)
    found = [_Label(text, tuple(them)) for text, them in by_text.items()]
    return sorted(found, key=lambda one: (-len(one.text), one.text))


def _fits(folded: str, at: int, label: str) -> bool:
    end = at + len(label)
    return folded.startswith(label, at) and not (end < len(folded) and folded[end].isalnum())


__all__ = ["resolve"]
