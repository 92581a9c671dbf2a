"""Two at once on one case, with real transactions on a real server; each race has its control."""

import pytest
import time_machine
from django.db import transaction

from assessments.accountability import deciding
from assessments.accountability.models import AccountabilityCase, Sanction
from sanwei.core.audit.models import Entry
from tests.assessments.accountability import build
from tests.cast import beijing
from tests.security.crowd import at_once, browser, constraint_dropped, meeting_after, names, same_browser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]
LOCK = 'FROM "assessments_accountabilitycase"'


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


def deciding_twice(cast, guard="guarded"):
    """冯涛 enters 通报批评 while 刘志强 enters 批评教育, each having read the same proposal."""
    case = build.proposed(cast, "circular")

    def entering(by, code):
        words = {**build.PAPER, "decided_on": build.TODAY, "chosen": build.all_get(case, code)}
        return lambda: deciding.decide(case=case, by=by, **words)

    works = entering(build.disciplinarian(), "circular"), entering(cast.office_head, "talk")
    return names(meeting_after(f"{LOCK} WHERE", *works, guard=guard))


def test_of_two_decisions_at_once_one_is_entered(cast):
    assert deciding_twice(cast) == ["AccountabilityCase", "WrongState"]
    assert Entry.objects.filter(verb="decide").count() == 1
    assert Sanction.objects.in_force().count() == 1


@pytest.mark.usefixtures("no_locks")
def test_control_without_the_lock_both_are_entered(cast):
    assert deciding_twice(cast, "unguarded") == ["AccountabilityCase", "AccountabilityCase"]
    assert Sanction.objects.in_force().count() == 2


def registering_twice(cast, guard="guarded"):
    def entering():
        with transaction.atomic():
            return build.registered(cast, source_key="finding:12", by=cast.office_head)

    return names(meeting_after(f"{LOCK} WHERE", entering, entering, guard=guard))


def test_one_source_is_registered_once_though_two_register_it_at_once(cast):
    assert registering_twice(cast, "unguarded") == ["AccountabilityCase", "IntegrityError"]
    assert AccountabilityCase.objects.count() == 1


def test_control_without_the_unique_source_it_is_registered_twice(cast):
    with constraint_dropped(AccountabilityCase, "accountability_once_per_source"):
        assert registering_twice(cast, "unguarded") == ["AccountabilityCase", "AccountabilityCase"]


def test_a_double_click_on_a_statement_says_it_once(cast):
    case = build.told(cast)
    client = browser(cast.head)
    path = f"/assessments/accountability/{case.pk}/make_statement/"
    words = {"respondent": case.respondents.get().pk, "text": "当时在开会。", "_once": "a1b2c3"}
    answers = at_once(*[lambda: same_browser(client).post(path, words)] * 6)

    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {
        (302, case.get_absolute_url())
    }
    assert case.respondents.get().statements.count() == 1
