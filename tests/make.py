"""One-line builders. Each returns a saved row; everything not named gets a plain default."""

import datetime as dt
import itertools

from sanwei.core.accounts.models import User
from sanwei.core.accounts.roles import Role
from units.organisation.models import Department, Post, Unit

counter = itertools.count(1)


def unit(name="市发展和改革委员会", **fields) -> Unit:
    n = next(counter)
    defaults = {
        "code": f"U{n:04d}",
        "short_name": name,
        "category": Unit.Category.GOVERNMENT,
        "affiliation": Unit.Affiliation.CITY,
        "tier": Unit.Tier.GOOD,
        "order": n,
    }
    return Unit.objects.create(name=name, **{**defaults, **fields})


def department(unit, name="办公室", **fields) -> Department:
    return Department.objects.create(unit=unit, name=name, **fields)


def user(name="王敏", **fields) -> User:
    n = next(counter)
    defaults = {"username": f"user{n}", "must_change_password": False}
    return User.objects.create_user(name=name, **{**defaults, **fields})


def post(user, role, unit=None, **fields) -> Post:
    defaults = {"starts_on": dt.date(2020, 1, 1)}
    return Post.objects.create(user=user, role=role, unit=unit, **{**defaults, **fields})


def clerk(unit, name="李芳") -> User:
    return post(user(name), Role.UNIT_CLERK, unit).user


def head(unit, name="张建国") -> User:
    return post(user(name), Role.UNIT_HEAD, unit).user


def officer(name="陈静") -> User:
    return post(user(name), Role.OFFICE).user


def holder(role, name="周明", unit=None) -> User:
    """Somebody who holds `role` (and nothing else)."""
    return post(user(name), role, unit).user
