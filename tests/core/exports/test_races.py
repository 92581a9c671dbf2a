"""Two workers, two forms: each with its control, in which the guard is taken out and the fault is seen."""

import pytest

from sanwei.core.audit.models import Entry
from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import write_next
from tests.core.exports.sheets import PLANS, UNITS, WHY, asked
from tests.security.crowd import at_once, browser, meeting_after, same_browser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]


def test_two_workers_at_once_write_an_export_once(cast):
    asked(cast.officer)
    meeting_after('FROM "core_export" WHERE', write_next, write_next)

    export = Export.objects.get()
    assert (export.state, export.attempts) == ("ready", 1)
    assert Entry.objects.filter(verb="finish_export").count() == 1


def test_thirty_posts_of_one_form_ask_once(cast):
    client, words = browser(cast.officer), {"reason": WHY, "_once": "a1b2c3"}
    answers = at_once(*[lambda: same_browser(client).post(UNITS, words)] * 30)

    assert {answer.status_code for answer in answers} == {302}
    assert Export.objects.count() == 1


def test_ten_forms_at_once_are_no_more_than_two(cast):
    client = browser(cast.officer)
    at_once(*[lambda: same_browser(client).post(PLANS, {"reason": WHY})] * 10)

    assert Export.objects.count() == 2
