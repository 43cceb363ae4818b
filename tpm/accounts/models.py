"""People who sign in, the tokens by which their programs do, and the views of lists that they keep."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from tpm.accounts.actors import Actor


class UserManager(BaseUserManager["User"]):
    """Creates users; the only writer of passwords besides the sign-in pages."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_administrator=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, or a service account.

    Being an administrator gives the instance's own affairs (users, portfolios), never business data: that needs a grant.
    """

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_service = models.BooleanField(_("service account"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=16, default="en")
    theme = models.CharField(_("theme"), max_length=8, default="auto")
    # Ids of saved views: in the side bar, and shown where a page is opened without saying how. Kept here, so that whoever has
    # none pays no query; an id whose view is gone means nothing.
    favourite_views = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    default_views = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = (self.name or self.email).split()
        return "".join(word[0] for word in words[:2]).upper()


class ApiToken(models.Model):
    """A personal access token: shown once, kept as a SHA-256 digest, scoped and expiring."""

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        WRITE = "write", _("Read and change")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=100)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(
        pgettext_lazy("permission", "may"), max_length=8, choices=Scope.choices, default=Scope.READ
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Visit(models.Model):
    """When a person looked at their day: the visit that goes on, and when the one before it ended."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="visit")
    seen_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} at {self.seen_at}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, actor: "Actor") -> "SavedViewQuerySet":
        """One's own views, and those shared with the members of a portfolio in which one has a role."""
        from tpm.accounts.saved_views import sharing

        return self.filter(
            models.Q(owner_id=actor.user_id) | models.Q(portfolio_id__in=sharing.portfolios_of(actor))
        )


class SavedView(models.Model):
    """A list as somebody likes to see it: the page, and what its address says after the question mark. It holds no data.

    ``page`` is the name of the address, ``place`` the id in it (0: none). ``everywhere`` offers the view on the same page of
    other programs too. ``portfolio_id`` is whom it is shared with; no foreign key, because portfolios live in an app above.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=64)
    place = models.BigIntegerField(default=0)
    everywhere = models.BooleanField(_("offer it on this page of every program"), default=False)
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=2000, blank=True)
    portfolio_id = models.BigIntegerField(null=True, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "owner",
                "page",
                "place",
                Lower("name"),
                name="saved_view_name_once",
                violation_error_message=_("You have a view of this name here already. Choose another name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """A calendar that other programs subscribe to by an address that holds a secret. It reads one calendar and nothing else.

    ``program_id`` is the program whose dates it shows, None for what is one's own; no foreign key, because programs live in an app
    above. The secret is shown once and kept as a SHA-256 digest, like that of a token.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feeds")
    name = models.CharField(_("what it is for"), max_length=100)
    program_id = models.BigIntegerField(null=True)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
