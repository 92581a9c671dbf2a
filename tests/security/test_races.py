"""Two at once, or thirty; each race with its control, in which the guard is taken out and the fault is seen
(RACE-01, RACE-04, RACE-07, RACE-10, TIME-11; AUTHN-03, AUTHN-11, AUTHN-14 under fire)."""

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from assessments.bulletins import actions as bulletins
from assessments.bulletins.models import Receipt
from sanwei.core.accounts import throttle
from sanwei.core.accounts.actions import enrol
from sanwei.core.accounts.second_factor import accepted, new_device
from sanwei.core.audit.models import Entry
from sanwei.core.clock import now
from sanwei.core.idempotency.models import Reply
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement, Notification
from sanwei.core.notifications.telling import tell_waiting
from sanwei.core.numbers.actions import take
from sanwei.core.numbers.models import NumberSeries
from tests import make
from tests.cast import beijing
from tests.post import tell_all
from tests.security.crowd import at_once, browser, constraint_dropped, meeting_after, names, same_browser
from tests.security.people import NOON, code_of, person, sign_in
from tests.security.workflows import NOW, a_bulletin, signing
from units.plans import actions
from units.plans.models import Comment, Plan, PlanVersion, Reminder
from units.plans.reminders import remind

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]


def test_race_01_thirty_posts_of_one_form_sign_once(cast):
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    client, words = browser(cast.head), {**signing(plan), "_once": "a1b2c3"}
    answers = at_once(*[lambda: same_browser(client).post(f"/units/plans/{plan.pk}/sign/", words)] * 30)

    receipt = f"/units/plans/{plan.pk}/versions/1/receipt/"
    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {(302, receipt)}
    assert (PlanVersion.objects.count(), Entry.objects.filter(verb="sign").count()) == (1, 1)
    assert Announcement.objects.filter(key__contains="sign-").count() == 2  # for the clerk, for the office
    tell_all()
    assert Notification.objects.filter(user=cast.officer).count() == 1


def remarks(cast) -> int:
    """How many remarks thirty posts of one form leave."""
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head)
    actions.start_review(plan=plan, by=cast.officer)
    client, words = browser(cast.officer), {"section": "measures", "text": "请量化", "_once": "a1b2c3"}
    at_once(*[lambda: same_browser(client).post(f"/units/plans/{plan.pk}/comment/", words)] * 30)
    return Comment.objects.count()


def test_race_01_thirty_posts_of_one_form_remark_once(cast):
    assert remarks(cast) == 1


def test_race_01_control_without_the_unique_key_each_post_counts(cast):
    with constraint_dropped(Reply, "reply_once"):
        assert remarks(cast) > 1


def two_clerks_save(cast, guard="guarded") -> list:
    """The answers to two clerks who had the same version open."""
    cast.plan.sections.create(kind="experience", content={"text": "原文"}, updated_by=cast.clerk)
    client = browser(cast.clerk)

    def saving(text):
        words = {"text": text, "version": 1}
        path = f"/units/plans/{cast.plan.pk}/edit/experience/"
        return lambda: same_browser(client).post(path, words)

    return meeting_after('FROM "units_section" WHERE', saving("甲的做法"), saving("乙的做法"), guard=guard)


def test_race_04_the_second_editor_gets_both_texts_and_the_first_text_stays(cast):
    answers = two_clerks_save(cast)

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    conflict = next(answer for answer in answers if answer.status_code == 409).content.decode()
    assert "甲的做法" in conflict
    assert "乙的做法" in conflict
    first = "甲的做法" if answers[0].status_code == 302 else "乙的做法"
    section = cast.plan.sections.get()
    assert (section.content, section.version) == ({"text": first}, 2)


@pytest.mark.usefixtures("no_locks")
def test_race_04_control_without_the_lock_a_text_is_lost(cast):
    answers = two_clerks_save(cast, "unguarded")

    assert [answer.status_code for answer in answers] == [302, 302]
    assert cast.plan.sections.get().version == 2


def approve_and_withdraw(cast, guard="guarded") -> list:
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head)
    return meeting_after(
        'FROM "units_plan"',
        lambda: actions.approve(plan=plan, by=cast.officer),
        lambda: actions.withdraw(plan=plan, by=cast.head, reason="数字有误"),
        guard=guard,
    )


def decided() -> list[str]:
    return [*Entry.objects.filter(verb__in=["approve", "withdraw"]).values_list("verb", flat=True)]


def test_race_07_approve_while_the_author_withdraws_one_wins(cast):
    answers = approve_and_withdraw(cast)

    assert names(answers) == ["Plan", "WrongState"]
    assert len(decided()) == 1
    outcome = PlanVersion.objects.get().outcome
    assert (Plan.objects.get(pk=cast.plan.pk).state, outcome) in [("approved", "approved"), ("draft", "withdrawn")]  # fmt: skip


@pytest.mark.usefixtures("no_locks")
def test_race_07_control_without_the_lock_both_win(cast):
    assert names(approve_and_withdraw(cast, "unguarded")) == ["Plan", "Plan"]
    assert len(decided()) == 2


def test_race_07_an_approval_is_bound_to_the_text_that_was_read(cast):
    read = make.submitted_plan(cast.plan, cast.clerk, cast.head)
    actions.withdraw(plan=read, by=cast.head, reason="数字有误")
    make.write_plan(read, cast.clerk, experience="改过的做法")
    plan = actions.request_signature(plan=Plan.objects.get(pk=read.pk), by=cast.clerk)
    actions.sign(plan=plan, by=cast.head, received_at=now())
    answer = browser(cast.officer).post(f"/units/plans/{read.pk}/approve/", {"version": read.version})

    assert answer.status_code == 409
    assert Plan.objects.get(pk=read.pk).state == "submitted"


def taking():
    with transaction.atomic():
        return take("直创办", 2026)


def test_race_10_twenty_take_numbers_at_once_without_gap(cast):
    assert sorted(at_once(*[taking] * 20)) == [*range(1, 21)]
    assert NumberSeries.objects.get().last == 20


@pytest.mark.usefixtures("no_locks")
def test_race_10_control_without_the_lock_a_number_is_taken_twice(cast):
    NumberSeries.objects.create(series="直创办", year=2026)

    assert meeting_after('SELECT "core_numberseries"', taking, taking, guard="unguarded") == [1, 1]


def number_twice(cast, guard="guarded") -> list:
    with time_machine.travel(NOW, tick=False):
        row = a_bulletin(cast, "signed")
    pressing = lambda: bulletins.number(bulletin=row, by=cast.officer)  # noqa: E731
    return meeting_after('FROM "assessments_bulletin"', pressing, pressing, guard=guard)


def test_race_10_a_bulletin_is_numbered_once_and_no_number_is_lost(cast):
    assert names(number_twice(cast)) == ["Bulletin", "WrongState"]
    assert NumberSeries.objects.get().last == 1


@pytest.mark.usefixtures("no_locks")
def test_race_10_control_without_the_lock_two_numbers_go_to_one_bulletin(cast):
    assert names(number_twice(cast, "unguarded")) == ["Bulletin", "Bulletin"]
    assert Entry.objects.filter(verb="number").count() == 2


def test_race_10_two_publish_at_once_and_each_unit_gets_one_copy(cast):
    with time_machine.travel(NOW, tick=False):
        row = a_bulletin(cast, "numbered")
    pressing = lambda: bulletins.publish(bulletin=row, by=cast.officer)  # noqa: E731
    answers = meeting_after('FROM "assessments_bulletin"', pressing, pressing)

    assert names(answers) == ["Bulletin", "WrongState"]
    assert Receipt.objects.count() == 2
    assert Announcement.objects.filter(key__endswith=":publish").count() == 1
    tell_all()
    assert Notification.objects.filter(user=cast.clerk).count() == 1
    assert Entry.objects.filter(verb="publish").count() == 1


REMINDING = beijing(2026, 2, 25, 9, 0)


def remind_twice_at_once(cast, guard="guarded") -> int:
    """How many reminders the clerk has after two clocks ran together."""
    with time_machine.travel(REMINDING, tick=False):
        meeting_after('FROM "units_reminder"', remind, remind, guard=guard)
        tell_all()
    return Notification.objects.filter(user=cast.clerk, kind="reminder").count()


def test_time_11_two_clocks_at_once_remind_once(cast):
    assert remind_twice_at_once(cast) == 1


def test_time_11_control_without_the_unique_rows_they_remind_twice(cast):
    marks, announced = (Reminder, "reminder_once"), (Announcement, "announcement_once")
    with constraint_dropped(*marks), constraint_dropped(*announced), constraint_dropped(*TOLD):
        assert remind_twice_at_once(cast, "unguarded") == 2


TOLD = (Notification, "notification_once")


def tell_twice_at_once(cast, guard="guarded") -> int:
    """How often the clerk is told after two relays found the same announcement."""
    with transaction.atomic():
        notify(Announcement.to(named(cast.clerk), key="k", title="请报送方案"))
    meeting_after('FROM "core_announcement"', tell_waiting, tell_waiting, guard=guard)
    return Notification.objects.filter(user=cast.clerk).count()


def test_job_05_two_relays_at_once_tell_once(cast):
    assert tell_twice_at_once(cast) == 1
    assert Announcement.objects.get().attempts == 1  # the other one passed it over


@pytest.mark.usefixtures("no_locks")
def test_job_05_two_relays_that_both_took_it_tell_once(cast):
    """As after a claim that ran out: what a person was told stands once."""
    assert tell_twice_at_once(cast, "unguarded") == 1
    assert Announcement.objects.get().attempts == 2


@pytest.mark.usefixtures("no_locks")
def test_job_05_control_without_lock_and_unique_row_they_tell_twice(cast):
    with constraint_dropped(*TOLD):
        assert tell_twice_at_once(cast, "unguarded") == 2


def same_code_twice(guard="guarded") -> list:
    user = person()
    device = new_device(user)
    enrol(user=user, device=device)
    with time_machine.travel(NOON, tick=False):
        entering = lambda: accepted(user, code_of(device))  # noqa: E731
        return meeting_after('FROM "otp_totp_totpdevice"', entering, entering, guard=guard)


def test_authn_14_one_code_sent_twice_at_once_opens_once(db):
    assert names(same_code_twice()) == ["NoneType", "TOTPDevice"]


@pytest.mark.usefixtures("no_locks")
def test_authn_14_control_without_the_lock_it_opens_twice(db):
    assert names(same_code_twice("unguarded")) == ["TOTPDevice", "TOTPDevice"]


def guess_thirty_times_at_once(hashers) -> set[int]:
    name = person().username
    hashers.forget()
    answers = at_once(*[lambda: sign_in(Client(raise_request_exception=False), name, "x")] * 30)
    return {answer.status_code for answer in answers}


def test_authn_03_guesses_sent_at_once_are_no_more_than_guesses_in_a_row(db, counting):
    assert guess_thirty_times_at_once(counting) == {422, 429}
    assert 5 <= counting.done <= 5 + throttle.HASHERS - 1


def test_authn_03_control_without_the_lock_every_guess_is_tried(db, counting, monkeypatch):
    monkeypatch.setattr(throttle, "require_open", lambda username, address: None)

    assert guess_thirty_times_at_once(counting) == {422}
    assert counting.done == 30


def test_authn_11_thirty_sign_in_at_once_and_two_hash(db, counting, monkeypatch):
    people = [person().username for _ in range(30)]
    monkeypatch.setattr(counting, "time_cost", 40)
    counting.forget()
    browsers = {name: Client(raise_request_exception=False) for name in people}
    answers = at_once(*[lambda name=name: sign_in(browsers[name], name) for name in people])

    assert {answer.status_code for answer in answers} == {302}
    assert counting.done == 30
    assert counting.most <= throttle.HASHERS
