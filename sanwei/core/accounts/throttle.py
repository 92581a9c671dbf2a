"""Slowing guessers down without locking anybody else out (security.md rules 26, 27)."""

import contextlib
import datetime as dt
import fcntl
import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils.crypto import salted_hmac

from sanwei.core import clock
from sanwei.core.accounts.models import SignInFailure
from sanwei.core.refusals import Refused

# Failures from one address in a quarter of an hour: a whole city hall behind one address fits.
ADDRESS_CEILING = 300
HASHERS = 2  # passwords hashed at once on one host: memory and processor stay bounded (AUTHN-11)
HASH_WAIT = 10.0  # seconds


class TooMany(Refused):
    """Come back later; `seconds` says when."""

    status = 429

    def __init__(self, message: str, seconds: int):
        super().__init__(message)
        self.seconds = seconds


def account_key(username: str) -> str:
    """What was typed as the user name, as a keyed hash: typed names may be passwords."""
    return salted_hmac("sanwei.accounts.failure", username.strip().lower(), algorithm="sha256").hexdigest()


def require_open(username: str, address: str) -> None:
    """Raise TooMany while this account is locked for this address, or the address fails far too often."""
    now = clock.now()
    row = SignInFailure.objects.filter(account=account_key(username), address=address).first()
    if row and row.locked_until and row.locked_until > now:
        minutes = -(-int((row.locked_until - now).total_seconds()) // 60)
        raise TooMany(
            f"密码连续输错，此处登录已锁定，请{minutes}分钟后再试，或请管理员重置密码。在其他地点登录不受影响。",
            minutes * 60,
        )
    window = now - dt.timedelta(minutes=settings.SANWEI_LOCK_MINUTES)
    recent = SignInFailure.objects.filter(address=address, last_at__gt=window)
    if (recent.aggregate(total=Sum("failures"))["total"] or 0) >= ADDRESS_CEILING:
        raise TooMany("此网络登录失败次数过多，请一分钟后再试。", 60)


def note_failure(username: str, address: str) -> None:
    """Count one failure; the fifth in a row locks the pair. One atomic statement counts, whatever runs beside it."""
    now = clock.now()
    key = {"account": account_key(username), "address": address}
    window = now - dt.timedelta(minutes=settings.SANWEI_LOCK_MINUTES)
    with transaction.atomic():
        SignInFailure.objects.bulk_create([SignInFailure(**key, last_at=now)], ignore_conflicts=True)
        mine = SignInFailure.objects.filter(**key)
        mine.filter(last_at__lt=window).update(failures=0, locked_until=None)
        mine.update(failures=F("failures") + 1, last_at=now)
        until = now + dt.timedelta(minutes=settings.SANWEI_LOCK_MINUTES)
        mine.filter(failures__gte=settings.SANWEI_LOCK_FAILURES).update(locked_until=until)


def forget_failures(username: str, address: str) -> None:
    SignInFailure.objects.filter(account=account_key(username), address=address).delete()


@contextlib.contextmanager
def hashing_turn():
    """One of HASHERS turns on this host, waited for at most HASH_WAIT seconds; else TooMany."""
    folder = Path(settings.DATA_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    files = [(folder / f"hashing-{number}").open("w") for number in range(HASHERS)]
    try:
        yield wait_for_one(files)
    finally:
        for file in files:
            file.close()


def wait_for_one(files):
    give_up = time.monotonic() + HASH_WAIT
    while time.monotonic() < give_up:
        for file in files:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
        time.sleep(0.02)
    raise TooMany("登录的人较多，请10秒后再试，您填写的内容没有丢失。", 10)
