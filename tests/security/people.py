"""Somebody with a password at the door, and what they send."""

import datetime as dt

from django_otp.oath import TOTP

from sanwei.core.accounts.models import User
from sanwei.core.roles import Role
from tests import make

PASSWORD = "Right-2026-word"
NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
UNITLESS = {Role.OFFICE, Role.OFFICE_HEAD, Role.LEADER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}


def person(role=Role.UNIT_CLERK, **fields) -> User:
    """A holder of `role` whose password is PASSWORD."""
    unit = None if role in UNITLESS else make.unit(f"单位{next(make.counter)}")
    return make.post(make.user("李芳", password=PASSWORD, **fields), role, unit).user


def sign_in(client, username, password=PASSWORD, address="10.0.0.1", **more):
    words = {"username": username, "password": password, **more}
    return client.post("/accounts/sign_in/", words, REMOTE_ADDR=address)


def code_of(device, at=None) -> str:
    """What the authenticator shows now, or at the instant `at`."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    if at is not None:
        totp.time = at.timestamp()
    return f"{totp.token():06d}"
