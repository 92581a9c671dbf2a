"""Two workers, two forms, brought together at the dangerous moment."""

import pytest
from django.db.models import QuerySet

from sanwei.core.audit.models import Entry
from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import write_next
from tests.core.exports.sheets import PLANS, UNITS, WHY, asked
from tests.security.crowd import at_once, browser, meeting_after, same_browser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]


@pytest.fixture
def no_locks(monkeypatch):
    """Rows are read without being locked."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows._chain())


def test_two_workers_at_once_write_an_export_once(cast):
    asked(cast.officer)
    meeting_after('FROM "core_export" WHERE', write_next, write_next, guard="unguarded")

    export = Export.objects.get()
    assert (export.state, export.attempts) == ("ready", 1)
    assert Entry.objects.filter(verb="finish_export").count() == 1


def test_thirty_posts_of_one_form_ask_once(cast):
    client, words = browser(cast.officer), {"reason": WHY, "_once": "a1b2c3"}
    answers = at_once(*[lambda: same_browser(client).post(UNITS, words)] * 30)

    assert {answer.status_code for answer in answers} == {302}
    assert Export.objects.count() == 1


def two_forms(cast, settings, guard) -> int:
    """How many exports two forms sent at once leave to somebody who may have one."""
    settings.SANWEI_EXPORTS_WAITING, client = 1, browser(cast.officer)
    forms = [lambda: same_browser(client).post(PLANS, {"reason": WHY})] * 2
    meeting_after('AS "__count" FROM "core_export"', *forms, guard=guard)
    return Export.objects.count()


def test_two_forms_at_once_are_no_more_than_one_may_have(cast, settings):
    assert two_forms(cast, settings, "guarded") == 1


def test_control_without_the_lock_there_is_one_too_many(cast, settings, no_locks):
    assert two_forms(cast, settings, "unguarded") == 2
