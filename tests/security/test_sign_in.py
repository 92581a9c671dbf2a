"""The door under attack: guessing, naming, flooding (AUTHN-01 … AUTHN-12)."""

import contextlib
import datetime as dt
import threading

import pytest
import time_machine
import yaml
from django.conf import settings

from sanwei.core.accounts import throttle
from sanwei.core.accounts.models import SignInFailure
from sanwei.core.roles import Role
from tests import make
from tests.security.people import NOON, PASSWORD, person, sign_in

WRONG = "用户名或密码不正确，请核对后重新输入。"


def test_authn_01_every_refusal_says_the_same_and_costs_one_hashing(db, client, counting):
    known, disabled, without = person(), person(is_active=False), make.user("无密码", password=None)
    answers = {}
    for name in (known.username, disabled.username, without.username, "nobody-here"):
        counting.forget()
        page = sign_in(client, name, "Wrong-2026-word")
        answers[name] = page.status_code, WRONG in page.content.decode(), counting.done

    assert {*answers.values()} == {(422, True, 1)}
    assert len(answers) == 4


def test_authn_01_a_disabled_account_with_its_right_password_is_told_no_more(db, client):
    user = person(is_active=False)

    answer = sign_in(client, user.username)

    assert (answer.status_code, WRONG in answer.content.decode()) == (422, True)
    assert SignInFailure.objects.get().failures == 1


def test_authn_03_five_wrong_passwords_lock_one_address_only(db, client):
    name = person().username
    with time_machine.travel(NOON, tick=False):
        wrong = [sign_in(client, name, "x").status_code for _ in range(5)]
        locked, elsewhere = sign_in(client, name), sign_in(client, name, address="10.0.0.2")
    client.logout()
    with time_machine.travel(NOON + dt.timedelta(minutes=15) - dt.timedelta(seconds=1), tick=False):
        still = sign_in(client, name)
    with time_machine.travel(NOON + dt.timedelta(minutes=15), tick=False):
        open_again = sign_in(client, name)

    assert wrong == [422] * 5
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert [page.status_code for page in (elsewhere, still, open_again)] == [302, 429, 302]


def test_authn_03_a_colleague_behind_the_same_address_is_not_locked(db, client):
    attacked, colleague = person().username, person().username
    for _ in range(5):
        sign_in(client, attacked, "x")

    assert sign_in(client, colleague).status_code == 302


def test_authn_04_an_address_that_guesses_through_many_names_is_slowed(db, client):
    name = person().username
    rows = [
        SignInFailure(account=f"{n}", address="10.0.0.1", failures=4, last_at=NOON)
        for n in range(throttle.ADDRESS_CEILING // 4)
    ]
    SignInFailure.objects.bulk_create(rows)
    with time_machine.travel(NOON, tick=False):
        flooded, elsewhere = sign_in(client, name), sign_in(client, name, address="10.0.0.2")

    assert (flooded.status_code, elsewhere.status_code) == (429, 302)


@pytest.mark.parametrize("role", [Role.UNIT_CLERK, Role.OFFICE])
def test_authn_05_a_post_that_has_expired_opens_nothing(cast, client, role):
    post = (cast.clerk if role == Role.UNIT_CLERK else cast.officer).posts.get()
    post.ends_on = dt.date(2026, 3, 1)
    post.save(update_fields=["ends_on"])
    seen = {}
    for day in (1, 2):
        with time_machine.travel(dt.datetime(2026, 3, day, 4, 0, tzinfo=dt.UTC), tick=False):
            client.force_login(post.user)
            seen[day] = client.get(f"/units/plans/{cast.plan.pk}/").status_code

    assert seen == {1: 200, 2: 404}


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.test",
        "///evil.test",
        "\\\\evil.test",
        "/\\evil.test",
        "/\t/evil.test",
        " //evil.test",
        "https://evil.test/",
        "http:///evil.test",
        "http:evil.test",
        "javascript:alert(1)",
        "data:text/html,x",
        "//testserver@evil.test/",
        "desk/../evil",
    ],
)
def test_authn_08_signing_in_leads_to_a_page_of_ours(db, client, wanted):
    name = person().username
    posted = sign_in(client, name, next=wanted)
    asked = client.get("/accounts/sign_in/", {"next": wanted})

    assert (posted["Location"], asked["Location"]) == ("/desk/", "/desk/")


def test_authn_08_the_page_asked_for_is_kept(db, client):
    answer = sign_in(client, person().username, next="/units/plans/?filed=late")

    assert answer["Location"] == "/units/plans/?filed=late"


def test_authn_09_a_session_gets_a_new_key_at_the_door(db, client):
    name = person().username
    planted = client.session
    planted["by"] = "attacker"
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key

    sign_in(client, name)

    assert client.session.session_key != planted.session_key
    assert not planted.exists(planted.session_key)


def test_authn_10_a_password_of_a_megabyte_is_not_hashed(db, client, counting):
    name = person().username
    counting.forget()
    answer = sign_in(client, name, "x" * 1_000_000)

    assert (answer.status_code, counting.done) == (422, 0)


def test_authn_11_no_more_passwords_are_hashed_at_once_than_there_are_turns(db, client, monkeypatch):
    name = person().username
    with throttle.hashing_turn(), throttle.hashing_turn():
        monkeypatch.setattr(throttle, "HASH_WAIT", 0.05)
        answer = sign_in(client, name)

    assert (answer.status_code, answer["Retry-After"]) == (429, "10")
    assert "请10秒后再试" in answer.content.decode()
    assert sign_in(client, name).status_code == 302


@pytest.fixture
def thirty(counting):
    """Thirty people hash at once; returns how many were at it together at the most."""

    def run(turn) -> int:
        start = threading.Barrier(30)

        def one():
            start.wait()
            with turn():
                counting().encode(PASSWORD, "saltsaltsalt")

        counting.forget()
        threads = [threading.Thread(target=one) for _ in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert counting.done == 30
        return counting.most

    return run


def test_authn_11_thirty_at_once_take_turns(thirty, counting, monkeypatch):
    monkeypatch.setattr(counting, "time_cost", 40)  # long enough for the others to arrive

    assert thirty(throttle.hashing_turn) <= throttle.HASHERS


def test_authn_11_control_without_turns_they_hash_together(thirty, counting, monkeypatch):
    monkeypatch.setattr(counting, "memory_cost", 4096)

    assert thirty(contextlib.nullcontext) > throttle.HASHERS


def test_authn_11_the_turns_can_be_taken_in_the_production_form():
    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
    web = compose["services"]["web1"]

    assert web["read_only"] is True
    assert [mount for mount in web["tmpfs"] if mount.startswith("/data/locks:uid=10001")] != []
