"""Administrators' affairs: add people, hand out the link by which they choose a password, close an account."""

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from tpm.accounts.models import User


def add(*, email: str, name: str, is_administrator: bool = False, is_service: bool = False) -> User:
    """Create an account without a password; :func:`password_path` is how its owner sets one.

    :raises ValidationError: if somebody has this address already.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("Somebody has this address already.")})
    return User.objects.create_user(
        email, None, name=name, is_administrator=is_administrator, is_service=is_service
    )


def password_path(user: User) -> str:
    """Return the path of a page where the person chooses a password; it works once, for three days."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(user)])


def choose_theme(*, user: User, theme: str) -> None:
    """Keep the theme of a person's own pages.

    :raises ValidationError: if there is no such theme.
    """
    if theme not in User.Theme.values:
        raise ValidationError({"theme": _("There is no such theme.")})
    User.objects.filter(pk=user.pk).update(theme=theme)


def set_active(*, user: User, is_active: bool, by: User) -> None:
    """Close an account, or open it again. What the person wrote stays.

    :raises ValidationError: if somebody would lock themselves out.
    """
    if user == by:
        raise ValidationError(_("You can not close your own account. Ask another administrator."))
    User.objects.filter(pk=user.pk).update(is_active=is_active)
