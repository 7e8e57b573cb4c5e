"""People who sign in, and the roles they were given. Who may do what with a role is assessments/policies.py."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What a person does in the office. Second coder is an assignment to one assessment, not a role."""

    ANALYST = "analyst", "Analyst"
    REVIEWER = "reviewer", "Reviewer"
    COORDINATOR = "coordinator", "Coordinator"
    FRAMEWORK_EDITOR = "framework_editor", "Framework editor"
    EXPORTER = "exporter", "Exporter"
    READER = "reader", "Reader"
    ACCOUNT_ADMIN = "account_admin", "Administrator of accounts"


class UserManager(BaseUserManager["User"]):
    """Makes and finds people by e-mail address, whatever its case."""

    def create_user(self, email: str, *, name: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person; without a password they cannot sign in by one."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def with_roles(self, pk: Any) -> "User | None":
        """Return a person with the roles they hold, in one query; None where there is no such person.

        One row for each role: that is planned and read faster than roles gathered beside the person.
        """
        rows = list(self.filter(pk=pk).order_by().annotate(role_held=F("role_grants__role")))
        if not rows:
            return None
        rows[0].roles = frozenset(row.role_held for row in rows if row.role_held)
        return rows[0]

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail address; raises `User.DoesNotExist`."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person of the office, known by e-mail address. People are made inactive, never deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mail address", unique=True, help_text="Stored in lower case.")
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="email_is_in_lower_case"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The values of the roles this person holds; one query for each instance, none if they were read with it.

        The grants stay with the instance, so that a page which names the roles does not ask for them again.
        """
        models.prefetch_related_objects([self], "role_grants")
        return frozenset(grant.role for grant in self.role_grants.all())

    @property
    def role_names(self) -> list[str]:
        """The roles this person holds, in words, in one order."""
        return [role.label.lower() for role in Role if role in self.roles]

    def has_role(self, *roles: Role) -> bool:
        """Say whether this person holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)

    def grant(self, roles: Iterable[Role], *, at: datetime, by: "User | None") -> None:
        """Give these roles, leaving those held as they are. `by` is None where a command gave them, not a person."""
        for role in roles:
            self.role_grants.get_or_create(role=role, defaults={"granted_at": at, "granted_by": by})
        self.__dict__.pop("roles", None)
        self.__dict__.pop("_prefetched_objects_cache", None)


class RoleGrant(models.Model):
    """One role held by one person."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="one_grant_per_person_and_role"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Scope(models.TextChoices):
    """What a token is good for."""

    READ = "read", "read"
    WRITE = "write", "read and write"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens."""

    def holding(self, secret: str, at: datetime) -> "ApiToken | None":
        """Return the token with this secret, if it is neither over nor taken back and its person's account is open."""
        rows = self.filter(digest=digest_of(secret), revoked_at__isnull=True, expires_at__gt=at, user__is_active=True)
        return rows.select_related("user").first()


class ApiToken(models.Model):
    """What a program shows to act as a person. The secret is shown once; only its digest is kept.

    The secret is 256 random bits, so that a plain digest can't be guessed back and needs no slow hash.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)  # what it is for, in its person's words
    scope = models.CharField(max_length=10, choices=Scope.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)  # to a few minutes
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="token_scope_is_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, token of {self.user}"

    @property
    def may_write(self) -> bool:
        """Say whether it is good for changes."""
        return self.scope == Scope.WRITE.value


def new_secret() -> str:
    """Return a secret for a token; its beginning lets people and scanners know what it is."""
    return f"indicia_{secrets.token_urlsafe(32)}"


def digest_of(secret: str) -> str:
    """Return the digest a secret is kept as."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
