"""Signing in, being locked, being thrown out, second factors (AUTHN-03, SESS-07; dossier 9.1)."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django_otp.oath import TOTP

from sanwei.core.accounts import actions
from sanwei.core.accounts.models import SignInFailure, User
from sanwei.core.accounts.second_factor import new_device
from sanwei.core.audit.models import Entry
from sanwei.core.roles import Role, conflict
from tests import make
from units.organisation.actions import end_post

pytestmark = pytest.mark.django_db
PASSWORD = "Right-2026-word"
WRONG = "用户名或密码不正确"
NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)


def person(role=Role.UNIT_CLERK, **fields) -> User:
    unit = make.unit() if role == Role.UNIT_CLERK else None
    user = make.post(make.user("李芳", **fields), role, unit).user
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def sign_in(client, user, password=PASSWORD, address="10.0.0.1"):
    words = {"username": getattr(user, "username", user), "password": password}
    return client.post("/accounts/sign_in/", words, REMOTE_ADDR=address)


def test_the_right_password_opens_the_desk(client):
    answer = sign_in(client, person())

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(client):
    user = person()

    wrong, unknown = sign_in(client, user, "x"), sign_in(client, "nobody-here", "x")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert WRONG in wrong.content.decode()
    assert WRONG in unknown.content.decode()


def test_five_failures_lock_the_pair_and_nobody_else(client):
    user = person()
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            sign_in(client, user, "x")
        locked = sign_in(client, user)
        elsewhere = sign_in(client, user, address="10.0.0.2")
    with time_machine.travel(NOON + dt.timedelta(minutes=16), tick=False):
        later = sign_in(client, user)

    assert locked.status_code == 429
    assert "15分钟后再试" in locked.content.decode()
    assert locked["Retry-After"] == "900"
    assert (elsewhere.status_code, later.status_code) == (302, 302)


def test_the_counter_starts_anew_after_a_success(client):
    user = person()
    for password in ("x", "x", "x", "x", PASSWORD, "x", "x", "x", "x"):
        sign_in(client, user, password)
        client.logout()

    assert SignInFailure.objects.get().failures == 4
    assert sign_in(client, user).status_code == 302


def test_what_was_typed_as_a_name_is_not_kept(client):
    sign_in(client, "MyPassword-2026", "x")

    assert "MyPassword" not in str(SignInFailure.objects.values())
    assert Entry.objects.count() == 0


def test_a_disabled_account_does_not_sign_in(client):
    user = person()
    actions.disable_account(user=user, by=None)

    assert sign_in(client, user).status_code == 422


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test", "javascript:alert(1)", "evil"])
def test_signing_in_never_leads_outside(client, target):
    user = person()

    answer = client.post(
        f"/accounts/sign_in/?next={target}", {"username": user.username, "password": PASSWORD}
    )

    assert answer["Location"] == "/desk/"


def test_an_issued_password_must_be_changed_first(client):
    user, issued = actions.create_account(username="new", name="新人", by=None)
    make.post(user, Role.UNIT_CLERK, make.unit())
    sign_in(client, user, issued)

    assert client.get("/units/plans/")["Location"] == "/accounts/change_password/"
    client.post("/accounts/change_password/", {"present": issued, "password": PASSWORD, "again": PASSWORD})
    assert client.get("/units/plans/").status_code == 200


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("Ab1-", "密码至少10位，现为4位，请加长。"),
        ("abcdefghij1", "密码须包含大写字母、小写字母、数字、符号中的至少三类。"),
        ("Lifang-2026x", "密码不能包含用户名或手机号。"),
        ("A1-" + "x" * 130, "密码不能超过128位。"),
    ],
)
def test_what_a_password_must_be(password, fault):
    user = person(username="lifang")

    with pytest.raises(ValidationError) as refusal:
        actions.change_password(user=user, password=password)
    assert refusal.value.messages == [fault]


def test_the_last_passwords_are_not_used_again():
    user = person()
    for number in range(5):
        actions.change_password(user=user, password=f"Another-{number}-word")

    with pytest.raises(ValidationError, match="最近5次"):
        actions.change_password(user=user, password="Another-0-word")


def test_an_old_password_must_be_renewed(client):
    user = person()
    sign_in(client, user)
    User.objects.filter(pk=user.pk).update(password_changed_at=NOON - dt.timedelta(days=900))

    assert client.get("/desk/")["Location"] == "/accounts/change_password/"


@pytest.mark.parametrize("act", ["change_password", "end_sessions", "disable_account", "issue_password"])
def test_other_sessions_end_at_once(client, act):
    user = person()
    sign_in(client, user)
    words = {"change_password": {"password": "Another-word-1"}}.get(act, {"by": None})
    getattr(actions, act)(user=user, **words)

    assert client.get("/desk/")["Location"].startswith("/accounts/sign_in/")


def test_a_post_that_ends_ends_its_rights_at_the_next_request(cast, client):
    client.force_login(cast.clerk)
    before = client.get(f"/units/plans/{cast.plan.pk}/")
    post = cast.clerk.posts.get()
    type(post).objects.filter(pk=post.pk).update(starts_on=dt.date(2020, 1, 1))
    end_post(post=cast.clerk.posts.get(), by=cast.officer, reason="调离")

    assert (before.status_code, client.get(f"/units/plans/{cast.plan.pk}/").status_code) == (200, 404)


@pytest.mark.parametrize(("role", "minutes"), [(Role.UNIT_CLERK, 30), (Role.SYSTEM_ADMIN, 15)])
def test_an_idle_session_ends(client, role, minutes):
    user = person(role)
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user)
        client.get("/accounts/")
    with time_machine.travel(NOON + dt.timedelta(minutes=minutes - 1), tick=False):
        assert client.get("/accounts/").status_code == 200
    with time_machine.travel(NOON + dt.timedelta(minutes=2 * minutes), tick=False):
        assert client.get("/accounts/").status_code == 302


def test_a_session_ends_after_eight_hours_however_busy(client):
    user = person()
    with time_machine.travel(NOON, tick=False):
        sign_in(client, user)
    for minutes in range(20, 8 * 60, 20):
        with time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False):
            assert client.get("/accounts/").status_code == 200
    with time_machine.travel(NOON + dt.timedelta(hours=8, minutes=1), tick=False):
        assert client.get("/accounts/").status_code == 302


def test_the_autosave_of_an_ended_session_is_told_in_json(cast, client):
    with time_machine.travel(NOON, tick=False):
        client.force_login(cast.clerk)
        client.get("/desk/")
    with time_machine.travel(NOON + dt.timedelta(hours=1), tick=False):
        path = f"/units/plans/{cast.plan.pk}/edit/experience/"
        answer = client.post(path, {"text": "甲"}, headers={"X-Autosave": "1"})

    assert answer.status_code == 401
    assert answer.json()["message"].startswith("登录已过期，请重新登录。")


def code_of(device, drift=0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, drift)
    return f"{totp.token():06d}"


def test_a_second_factor_is_demanded_by_role_and_a_code_works_once(client, settings):
    settings.SANWEI_SECOND_FACTOR_ROLES = frozenset({"office"})
    user = person(Role.OFFICE)
    sign_in(client, user)
    assert client.get("/desk/")["Location"] == "/accounts/enrol/"
    client.get("/accounts/enrol/")
    device = new_device(user)
    page = client.post("/accounts/enrol/", {"code": code_of(device)})
    codes = page.context["codes"]
    assert client.get("/desk/").status_code == 200
    client.logout()

    sign_in(client, user)
    assert client.get("/desk/")["Location"] == "/accounts/second_factor/"
    device.refresh_from_db()
    replay = client.post("/accounts/second_factor/", {"code": code_of(device)})
    assert replay.status_code == 422
    assert client.get("/units/plans/").status_code == 302
    client.post("/accounts/second_factor/", {"code": codes[0]})
    assert client.get("/desk/").status_code == 200

    client.logout()
    sign_in(client, user)
    assert client.post("/accounts/second_factor/", {"code": codes[0]}).status_code == 422


def test_a_role_without_the_demand_needs_none(client, settings):
    settings.SANWEI_SECOND_FACTOR_ROLES = frozenset({"office"})
    user = person()
    sign_in(client, user)

    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/admin/core/user/", ["system_admin"]),
        ("/admin/units/post/", ["security_admin"]),
        ("/audit/", ["audit_admin"]),
    ],
)
def test_the_three_powers_are_separated(client, path, who):
    may = []
    for role in ("system_admin", "security_admin", "audit_admin", "office_head", "leader"):
        client.force_login(make.holder(role))
        if client.get(path).status_code == 200:
            may.append(role)

    assert may == who


@pytest.mark.parametrize(
    ("role", "path", "words"),
    [
        ("system_admin", "/admin/core/user/", "<h1>账号</h1>"),
        ("security_admin", "/admin/", "账号归属"),
        ("audit_admin", "/admin/", '<a href="/audit/">审计记录</a>'),
    ],
)
def test_the_keepers_site_speaks_chinese_and_leads_back_and_out(client, role, path, words):
    client.force_login(make.holder(role))

    page = client.get(path).content.decode()

    assert words in page
    assert "三型机关创建管理平台·系统管理</title>" in page
    assert '<a href="/desk/">返回工作台</a>' in page
    assert 'action="/accounts/sign_out/"' in page
    assert "Django" not in page
    assert "theme" not in page


def test_nobody_holds_two_of_the_three_nor_one_beside_business():
    assert "不得兼任" in conflict({"system_admin", "audit_admin"})
    assert "不得兼任业务岗位" in conflict({"system_admin", "office"})
    assert conflict({"unit_clerk", "department_lead"}) == ""


def test_keepers_see_no_business(cast, client):
    client.force_login(make.holder("system_admin"))

    assert client.get(f"/units/plans/{cast.plan.pk}/").status_code == 404
    assert "市发展改革委" not in client.get("/units/plans/").content.decode()
