"""What a password may be, and how it is replaced (AUTHN-06, AUTHN-07)."""

import contextlib
import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from sanwei.core.accounts import actions
from sanwei.core.accounts.models import User
from tests.security.people import NOON, PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db


def change(client, present=PASSWORD, password="Another-2026-word", again=None, address="10.0.0.1"):
    words = {"present": present, "password": password, "again": again or password}
    return client.post("/accounts/change_password/", words, REMOTE_ADDR=address)


@pytest.mark.parametrize(("length", "taken"), [(9, False), (10, True), (128, True), (129, False)])
def test_authn_06_a_password_has_ten_to_128_characters(length, taken):
    user = person()
    password = "Aa1-" + "x" * (length - 4)
    with contextlib.suppress(ValidationError):
        actions.change_password(user=user, password=password)
    user.refresh_from_db()

    assert user.check_password(password) is taken


@pytest.mark.parametrize(("days", "status"), [(89, 200), (91, 302)])
def test_authn_06_a_password_serves_ninety_days(client, days, status):
    user = person(password_changed_at=NOON - dt.timedelta(days=days))
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user.username)
        assert client.get("/units/plans/").status_code == status


def test_authn_06_the_sixth_change_may_come_back_to_an_old_password():
    user = person()
    for number in range(6):
        actions.change_password(user=user, password=f"Another-{number}-word")
    with pytest.raises(ValidationError, match="最近5次"):
        actions.change_password(user=user, password="Another-1-word")

    actions.change_password(user=user, password="Another-0-word")
    assert user.check_password("Another-0-word")


def test_authn_06_an_issued_password_is_not_taken_back_later():
    user = person()
    issued = actions.issue_password(user=user, by=None)
    actions.change_password(user=user, password="Another-2026-word")

    with pytest.raises(ValidationError, match="最近5次"):
        actions.change_password(user=user, password=issued)


def test_authn_07_the_present_password_is_asked_and_guessing_it_is_locked(client):
    user = person()
    sign_in(client, user.username)
    wrong = [change(client, present="Wrong-2026-word").status_code for _ in range(5)]
    locked, elsewhere = change(client), change(client, address="10.0.0.2")

    assert (wrong, locked.status_code, elsewhere.status_code) == ([422] * 5, 429, 302)
    assert User.objects.get(pk=user.pk).check_password("Another-2026-word")


def test_authn_07_two_different_new_passwords_change_nothing(client):
    user = person()
    sign_in(client, user.username)

    assert change(client, again="Another-2026-w0rd").status_code == 422
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
