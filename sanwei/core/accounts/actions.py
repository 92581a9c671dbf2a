"""What happens to accounts. Every act is in the record; no password ever is."""

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from sanwei.core import clock
from sanwei.core.accounts import passwords, throttle
from sanwei.core.accounts.models import PasswordHistory, RecoveryCode, SignInFailure, User
from sanwei.core.audit.actions import record
from sanwei.core.idempotency.models import Reply
from sanwei.core.refusals import Refused, WrongState

WRONG = "用户名或密码不正确，请核对后重新输入。"
RECOVERY_CODES = 8
NOBODY = "!"  # no password has this hash, and asking costs one hashing all the same


def verify(*, username: str, password: str, address: str) -> User:
    """Who signs in with these words from this address. Unknown name, wrong password and disabled account cost and
    say the same. Raises ValidationError or throttle.TooMany. Side effects: failure counters, audit."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if not (knows(user, username, password, address) and user.is_active):
        if user:
            with transaction.atomic():
                record(user, "sign_in_failed", None, label="登录失败")
        raise ValidationError(WRONG)
    with transaction.atomic():
        throttle.forget_failures(username, address)
        record(user, "sign_in", user, label="登录")
    return user


def knows(user, username: str, password: str, address: str) -> bool:
    """Whether `password` is that of `user`; None, and a disabled account, cost one hashing too and are never right.

    The lock is asked again inside the turn, so that guesses sent all at once are no more than those sent in a row.
    """
    throttle.require_open(username, address)
    with throttle.hashing_turn():
        throttle.require_open(username, address)
        right = check_password(password[: passwords.LONGEST + 1], user.password if user else NOBODY)
        if not (right and user.is_active):
            throttle.note_failure(username, address)
    return right


def require_password(*, user, password: str, address: str) -> None:
    """Refuse unless the person at the keyboard knows the present password; guessing is slowed as at the door."""
    if not knows(user, user.username, password, address):
        raise ValidationError("现密码不正确，请重新输入。")


def create_account(*, username: str, name: str, by, **fields) -> tuple[User, str]:
    """Make an account and issue its first password, returned to be shown once. Side effects: rows, audit."""
    password = passwords.issued()
    with transaction.atomic():
        user = User.objects.create_user(username=username.lower(), name=name, password=password, **fields)
        PasswordHistory.objects.create(user=user, password=user.password)
        record(user, "create_account", by, label="建立账号")
    return user, password


def edit_account(*, user, by, **fields) -> None:
    """Change name, phone or email; the record says which, not what. Side effects: row, audit."""
    if not fields:
        return
    with transaction.atomic():
        for name, value in fields.items():
            setattr(user, name, value)
        user.save(update_fields=[*fields])
        record(user, "edit_account", by, label="修改账号信息", fields=sorted(fields))


def issue_password(*, user, by) -> str:
    """重置密码: a new one, returned to be shown once, to be changed at the first sign-in; every session ends."""
    password = passwords.issued()
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password, user.session_generation = True, user.session_generation + 1
        user.save(update_fields=["password", "must_change_password", "session_generation"])
        PasswordHistory.objects.create(user=user, password=user.password)
        record(user, "issue_password", by, label="重置密码")
    return password


def change_password(*, user, password: str) -> None:
    """修改密码 by its holder; raises ValidationError by the policy. Side effects: row, history, audit; other sessions end."""
    with throttle.hashing_turn():
        password_validation.validate_password(password, user)
        user.set_password(password)
    with transaction.atomic():
        user.must_change_password, user.password_changed_at = False, clock.now()
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])
        PasswordHistory.objects.create(user=user, password=user.password)
        record(user, "change_password", user, label="修改密码")


def password_expired(user) -> bool:
    """Whether the password has reached its age (90 days by default; 0 means never)."""
    age = dt.timedelta(days=settings.SANWEI_PASSWORD_DAYS)
    return bool(age) and clock.now() - user.password_changed_at > age


def end_sessions(*, user, by) -> None:
    """全部退出: every session of the account ends with its next request. Side effects: row, audit."""
    with transaction.atomic():
        user.session_generation += 1
        user.save(update_fields=["session_generation"])
        record(user, "end_sessions", by, label="全部退出")


def disable_account(*, user, by) -> None:
    """停用: no sign-in, every session ends. Side effects: row, audit."""
    with transaction.atomic():
        user.is_active, user.session_generation = False, user.session_generation + 1
        user.save(update_fields=["is_active", "session_generation"])
        record(user, "disable_account", by, label="停用账号")


def enable_account(*, user, by) -> None:
    """启用. Side effects: row, audit."""
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(user, "enable_account", by, label="启用账号")


def link_accounts(*, user, other, reason, by) -> None:
    """认定为同一人: what needs two people is from now on not done by these two accounts (AUTHZ-14).

    Every account of the person of `user` becomes one of the person of `other`. Sessions and posts stay as they are.
    Side effects: rows, audit.
    """
    require_reason(reason)
    with transaction.atomic():
        joining, joined = locked(user, other)
        if joining.person == joined.person:
            raise WrongState(f"账号{joining.username}与{joined.username}已是同一人，无须重复认定。")
        User.objects.filter(person=joining.person).update(person=joined.person)
        record(
            joining, "link_accounts", by, label="认定为同一人", with_account=joined.username, reason=reason
        )


def unlink_account(*, user, reason, by) -> None:
    """解除同一人认定: the account is again that of a person of its own. Nobody does it for an account of their own.

    Side effects: row, audit.
    """
    require_reason(reason)
    with transaction.atomic():
        [alone] = locked(user)
        others = sorted(
            User.objects.filter(person=alone.person).exclude(pk=alone.pk).values_list("username", flat=True)
        )
        if not others:
            raise WrongState(f"账号{alone.username}未与其他账号认定为同一人，无须解除。")
        if alone.person == by.person:
            raise Refused("不能解除本人账号的认定。请由另一位安全管理员办理。")
        alone.person = uuid.uuid4()
        alone.save(update_fields=["person"])
        record(alone, "unlink_account", by, label="解除同一人认定", from_accounts=others, reason=reason)


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("请填写理由，以备审计核查。")


def locked(*users) -> list[User]:
    """The rows of `users` as they stand now, locked in the order of their keys, returned in the order given."""
    keys = [user.pk for user in users]
    rows = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def code_digest(user, code: str) -> str:
    tidy = code.replace("-", "").replace(" ", "").upper()
    return salted_hmac(f"sanwei.accounts.recovery.{user.pk}", tidy, algorithm="sha256").hexdigest()


def enrol(*, user, device) -> list[str]:
    """启用双因素认证 with a device that has shown a right code; returns the recovery codes, to be shown once.

    Earlier devices and codes no longer work; every other session ends. Side effects: rows, audit.
    """
    codes = [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}".upper() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        user.session_generation += 1
        user.save(update_fields=["session_generation"])
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=code_digest(user, code)) for code in codes
        )
        record(user, "enrol", user, label="启用双因素认证")
    return codes


def use_recovery_code(*, user, code: str) -> bool:
    """Whether the code was good; it is used up by this. One UPDATE decides between two at once."""
    unused = RecoveryCode.objects.filter(user=user, digest=code_digest(user, code), used_at=None)
    with transaction.atomic():
        if not unused.update(used_at=clock.now()):
            return False
        record(user, "use_recovery_code", user, label="使用恢复码")
    return True


def sweep() -> None:
    """Drop what has served its time: failure counters after a day, kept replies after 48 hours."""
    SignInFailure.objects.filter(last_at__lt=clock.now() - dt.timedelta(days=1)).delete()
    Reply.objects.filter(at__lt=clock.now() - dt.timedelta(hours=48)).delete()
