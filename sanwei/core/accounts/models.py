"""People who sign in. Rights come from posts only; an account alone may do nothing."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from sanwei.core import clock


class UserManager(BaseUserManager):
    def create_user(self, username: str, name: str, password: str | None = None, **fields):
        """Create and return an account. Side effects: one row."""
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save(force_insert=True)
        return user


class User(AbstractBaseUser):
    """One person's account (一人一号): shared accounts are not allowed (等保 8.1.4.2)."""

    username = models.CharField("用户名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    person = models.UUIDField(
        "人员标识", default=uuid.uuid4, db_index=True
    )  # two accounts of one person share it
    phone = models.CharField("手机", max_length=32, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改初始密码", default=True)
    password_changed_at = models.DateTimeField("密码修改时间", default=clock.now)
    session_generation = models.PositiveIntegerField("会话代次", default=0)  # +1 signs out everywhere
    created_at = models.DateTimeField("创建时间", default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self):
        return self.name

    def get_session_auth_hash(self):
        """Ends every session when the password or the generation changes (SESS-07)."""
        value = f"{self.password}:{self.session_generation}"
        return salted_hmac("sanwei.accounts.session", value, algorithm="sha256").hexdigest()


class Identity(User):
    """The same accounts as the security administrator sees them: whose they are."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "账号归属"


class SignInFailure(models.Model):
    """Failures of one account from one address. Locking is by both together, so that nobody can lock a city hall
    out from elsewhere (AUTHN-03). `account` is a keyed hash of what was typed, which may be no account at all."""

    account = models.CharField(max_length=64)
    address = models.GenericIPAddressField()
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "address"], name="failure_once_per_place")]
        indexes = [models.Index(fields=["address", "last_at"], name="failure_address")]


class PasswordHistory(models.Model):
    """Earlier passwords, hashed, so that the last ones are not used again (等保 8.1.4.1)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]


class RecoveryCode(models.Model):
    """A code that stands in once for a lost second factor; kept as a keyed hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]
