"""A password alone is not enough where a second factor is set (AUTHN-13 … AUTHN-16)."""

import datetime as dt

import pytest
import time_machine
from django_otp.plugins.otp_totp.models import TOTPDevice

from sanwei.core.accounts import actions
from sanwei.core.accounts.second_factor import accepted, new_device
from sanwei.core.audit.models import Entry
from tests.security.people import NOON, PASSWORD, code_of, person, sign_in

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def enrolled():
    """Somebody with a confirmed device, the device, and the recovery codes."""
    user = person()
    device = new_device(user)
    return user, device, actions.enrol(user=user, device=device)


def enter(client, code):
    return client.post("/accounts/second_factor/", {"code": code})


@pytest.mark.parametrize(
    "path", ["/desk/", "/accounts/enrol/", "/accounts/change_password/", "/accounts/", "/attachments/x/"]
)
def test_authn_13_who_knows_only_the_password_gets_no_further(client, enrolled, path):
    user, _, _ = enrolled
    sign_in(client, user.username)

    assert client.get(path).headers.get("Location", "none") in ("/accounts/second_factor/", "none")
    assert client.get(path).status_code in (302, 404)


def test_authn_13_a_password_alone_enrols_no_other_device(client, enrolled):
    user, device, _ = enrolled
    sign_in(client, user.username)
    theirs = TOTPDevice.objects.create(user=user, name="陌生人", confirmed=False)

    client.post("/accounts/enrol/", {"code": code_of(theirs)})

    assert [*TOTPDevice.objects.filter(user=user, confirmed=True)] == [device]
    assert client.get("/desk/").status_code == 302


def test_authn_13_a_password_alone_changes_no_password(client, enrolled):
    user, _, _ = enrolled
    before = user.password
    sign_in(client, user.username)

    words = {"present": PASSWORD, "password": "Another-2026-word", "again": "Another-2026-word"}
    client.post("/accounts/change_password/", words)

    user.refresh_from_db()
    assert user.password == before


def test_authn_14_a_code_opens_once_in_its_step(client, enrolled):
    user, device, _ = enrolled
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user.username)
        code = code_of(device)
        first = enter(client, code)
        client.logout()
        sign_in(client, user.username)
        again = enter(client, code)

    assert (first.status_code, again.status_code) == (302, 422)


def test_authn_14_after_a_wrong_code_the_next_must_wait(client, enrolled):
    user, device, _ = enrolled
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user.username)
        wrong, at_once = enter(client, "000000"), enter(client, code_of(device))
    with time_machine.travel(NOON + MINUTE, tick=False):
        later = enter(client, code_of(device))

    assert [page.status_code for page in (wrong, at_once, later)] == [422, 422, 302]


def test_authn_14_the_code_of_another_person_opens_nothing(client, enrolled):
    user, _, _ = enrolled
    other = new_device(person())
    other.confirmed = True
    other.save(update_fields=["confirmed"])

    assert accepted(user, code_of(other)) is None


def test_authn_15_a_recovery_code_opens_once(client, enrolled):
    user, _, codes = enrolled
    opened = []
    for code in (codes[0], codes[0], codes[1].lower().replace("-", " ")):
        sign_in(client, user.username)
        opened.append(enter(client, code).status_code)
        client.logout()

    assert opened == [302, 422, 302]
    assert Entry.objects.filter(verb="use_recovery_code").count() == 2


def test_authn_15_recovery_codes_are_not_kept_in_clear(enrolled):
    user, _, codes = enrolled
    kept = " ".join(user.recovery_codes.values_list("digest", flat=True))

    assert [code for code in codes if code in kept or code.replace("-", "").lower() in kept] == []
    assert user.recovery_codes.count() == 8


def test_authn_16_enrolling_anew_retires_the_lost_telephone(client, enrolled):
    user, lost, codes = enrolled
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user.username)
        enter(client, codes[0])
        client.get("/accounts/enrol/")
        device = TOTPDevice.objects.get(user=user, confirmed=False)
        client.post("/accounts/enrol/", {"code": code_of(device)})
    with time_machine.travel(NOON + MINUTE, tick=False):
        opened = accepted(user, code_of(device)), accepted(user, code_of(lost)), accepted(user, codes[1])

    assert opened == (device, None, None)


def test_authn_16_enrolling_ends_the_sessions_that_had_no_second_factor(client, client_elsewhere):
    user = person()
    sign_in(client_elsewhere, user.username)
    sign_in(client, user.username)
    client.get("/accounts/enrol/")
    client.post("/accounts/enrol/", {"code": code_of(new_device(user))})

    assert client_elsewhere.get("/desk/")["Location"].startswith("/accounts/sign_in/")
    assert client.get("/desk/").status_code == 200
