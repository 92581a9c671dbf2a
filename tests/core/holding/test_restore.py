"""After a restore nothing is sent until a person lets go (BKP-09)."""

import importlib

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from sanwei.core.audit.models import Entry
from sanwei.core.holding.actions import hold_after_restore
from sanwei.core.holding.models import Hold
from sanwei.core.notifications import tasks
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage
from sanwei.core.roles import Role
from sanwei.schedule import BEAT
from tests import make
from tests.cast import beijing
from tests.post import tell_all

pytestmark = pytest.mark.django_db
MORNING = beijing(2026, 2, 27, 9, 30)  # a working day before the deadline
NOON = beijing(2026, 2, 27, 12, 0)
HELD = "系统从备份恢复后尚未放行：自2026年2月27日09:30起，邮件、短信和到期提醒均暂停发送。"


@pytest.fixture
def morning():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def restored(morning, cast):
    """A house after deploy/restore.sh, with one mail that had not been sent when it was backed up."""
    cast.clerk.email = "lf@example.test"
    cast.clerk.save(update_fields=["email"])
    write_to(cast.clerk, "old")
    call_command("after_restore")
    return cast


def write_to(user, key) -> None:
    """A mail to `user` lies in the outbox, and nothing more of it has happened."""
    with transaction.atomic():
        notify(Announcement.to(named(user), key=key, title="请报送方案"))
    tell_all()


def said(capsys, *words) -> list[str]:
    call_command("release_outbox", *words)
    return capsys.readouterr().out.splitlines()


def counts() -> list[int]:
    return [model.objects.count() for model in (Announcement, Notification, OutboxMessage)]


def run(task: str) -> None:
    module, _, name = task.rpartition(".")
    getattr(importlib.import_module(module), name)()


def test_bkp_09_no_clock_of_the_house_tells_anybody_anything_while_it_is_held(restored):
    told = counts()
    for task, _ in BEAT.values():
        run(task)

    assert mail.outbox == []
    assert counts() == told


def test_bkp_09_control_without_a_hold_the_same_clocks_do(restored):
    Hold.objects.all().delete()
    announced = Announcement.objects.count()
    for task, _ in BEAT.values():
        run(task)

    assert len(mail.outbox) > 0
    assert Announcement.objects.count() > announced


def test_bkp_09_looking_shows_what_would_be_sent_and_lets_nothing_go(restored, capsys):
    capsys.readouterr()
    lines = said(capsys)
    tasks.deliver()

    assert lines[0].startswith(HELD)
    assert lines[1:] == ["电子邮件：1 条，生成于 2026-02-27 09:30 至 2026-02-27 09:30"]
    assert mail.outbox == []


def test_bkp_09_what_a_keeper_lets_go_is_sent_once(restored, capsys):
    keeper = make.holder(Role.SYSTEM_ADMIN)
    lines = said(capsys, "--release", "--by", keeper.username)
    tasks.deliver()
    tasks.deliver()

    assert lines[-1] == "已放行：1 条将发送，0 条不再发送。"
    assert [message.subject for message in mail.outbox] == ["请报送方案"]
    entry = Entry.objects.get(verb="release_sending")
    assert (entry.actor, entry.detail) == (keeper, {"kept": 1, "discarded": 0, "discard_before": ""})


def test_bkp_09_what_is_older_than_a_moment_is_not_sent_and_kept_for_a_person(restored, morning, capsys):
    morning.move_to(NOON)
    write_to(restored.clerk, "new")
    words = "--release", "--by", restored.officer.username, "--discard-before", "2026-02-27T10:00"
    lines = said(capsys, *words)
    tasks.deliver()

    assert lines[-1] == "已放行：1 条将发送，1 条不再发送。"
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [
        f"<mail.{restored.clerk.pk}.new@sanwei>"
    ]
    assert OutboxMessage.objects.get(parked_at__isnull=False).last_error == "恢复后由人决定不再发送"


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("", "请用 --by 写明放行人的用户名。"),
        ("clerk", "李芳不能放行。请由系统管理员或领导组办公室工作人员核对后放行。"),
    ],
)
def test_nobody_else_lets_go(restored, who, why):
    with pytest.raises(CommandError, match=why):
        call_command("release_outbox", release=True, by=who and getattr(restored, who).username)

    assert Hold.objects.standing().count() == 1


def test_a_moment_that_is_none_lets_nothing_go(restored):
    words = {"release": True, "by": restored.officer.username, "discard_before": "昨天"}
    with pytest.raises(CommandError, match="请写成 2027-02-27T08:30 的样子"):
        call_command("release_outbox", **words)

    assert Hold.objects.standing().count() == 1


def test_letting_go_twice_is_refused(restored):
    call_command("release_outbox", release=True, by=restored.officer.username)

    with pytest.raises(CommandError, match="当前没有暂停发送，无须放行。"):
        call_command("release_outbox", release=True, by=restored.officer.username)


def test_bkp_09_sessions_of_before_the_restore_are_gone(cast, client):
    client.force_login(cast.clerk)
    before = client.get("/desk/").status_code
    hold_after_restore()
    after = client.get("/desk/")

    assert before == 200
    assert (after.status_code, after["Location"]) == (302, "/accounts/sign_in/?next=/desk/")
    assert Entry.objects.get(verb="hold_sending").detail == {"sessions_ended": 1}


def test_restoring_twice_leaves_one_hold(restored):
    call_command("after_restore")

    assert Hold.objects.count() == Entry.objects.filter(verb="hold_sending").count() == 1
    with pytest.raises(IntegrityError):
        Hold.objects.create(reason=Hold.Reason.RESTORE)


def test_the_hold_is_seen_by_the_watch_and_by_keepers(restored, client):
    watch = client.get("/readyz")
    pages = []
    for role, path in [(Role.AUDIT_ADMIN, "/admin/"), (Role.SYSTEM_ADMIN, "/notifications/parked/")]:
        client.force_login(make.holder(role))
        pages.append(client.get(path).content.decode())

    assert (watch.status_code, watch.json()["outbox"]) == (503, "held since 2026-02-27T01:30:00+00:00")
    assert [HELD in page for page in pages] == [True, True]


def test_after_letting_go_nobody_is_told_of_a_hold(restored, client):
    call_command("release_outbox", release=True, by=restored.officer.username)
    client.force_login(make.holder(Role.AUDIT_ADMIN))

    assert client.get("/readyz").json()["outbox"] == "ok"
    assert "尚未放行" not in client.get("/admin/").content.decode()
