"""What the worker does: the same rows as at once, with the rights of the moment, once, whatever is killed."""

import pytest
import time_machine
from django.db import connection

from sanwei.core.accounts.models import User
from sanwei.core.audit.models import Entry
from sanwei.core.exchange.listing import PORTION
from sanwei.core.exports import storage
from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import GIVEN_UP, LEASE, NO_RIGHT, Lost, claim, note, write, write_next
from sanwei.core.notifications.models import Notification
from tests import make
from tests.cast import beijing
from tests.core.exports.sheets import (
    AUDIT,
    MEASURES,
    PLANS,
    UNITS,
    asked,
    at_once,
    browser,
    downloaded,
    rows_of,
)
from tests.post import tell_all
from tests.units.policies.build import policy
from units.organisation.models import Post, Unit

NOON = beijing(2026, 3, 5, 12, 0)


@pytest.fixture
def time():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Killed(BaseException):
    """A process that ends here and now runs no handler of errors."""


def many_units(count=2 * PORTION) -> None:
    unit = Unit.objects.first()
    fields = {name: getattr(unit, name) for name in ("category", "affiliation", "tier")}
    rows = (
        Unit(code=f"N{n}", name=f"第{n}单位", short_name=f"{n}", order=100 + n, **fields)
        for n in range(count)
    )
    Unit.objects.bulk_create(rows)


def killed_after(portions: int):
    """A database that takes no further note of progress than `portions`: there the worker dies."""
    seen = []

    def statement(execute, sql, params, many, context):
        seen.append(sql.startswith('UPDATE "core_export" SET "written"'))
        if sum(seen) > portions:
            raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(statement)


def files() -> list:
    return [path for path in storage.root().rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "path", [f"{UNITS}?tier=good", PLANS, f"{PLANS}?filed=handed_in", MEASURES, "/units/policies/export/"]
)
def test_both_ways_give_the_same_rows(cast, settings, path):
    settings.SANWEI_EXPORT_AT_ONCE_ROWS = 0
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    make.unit("市审计局", tier="weak")
    policy(by=cast.officer, title="=1+1")

    export = asked(cast.officer, path)
    write_next()

    rows = rows_of(downloaded(cast.officer, export))
    assert len(rows) > 2
    assert rows == rows_of(at_once(cast.officer, path))


def test_a_text_that_looks_like_a_formula_stays_text_in_the_background_too(cast):
    make.unit("=HYPERLINK(1)")
    export = asked(cast.officer)
    write_next()

    assert rows_of(downloaded(cast.officer, export))[-1][2:4] == ("'=HYPERLINK(1)", "'=HYPERLINK(1)")


def test_what_is_written_is_ready_for_a_week_and_the_person_is_told(cast, time):
    export = asked(cast.officer)
    write_next()

    export.refresh_from_db()
    assert (export.state, export.written, export.expires_at) == ("ready", 2, beijing(2026, 3, 12, 12, 0))
    tell_all()
    told = Notification.objects.get(user=cast.officer)
    assert (told.title, told.url) == ("“单位名录”已生成，可以下载", f"/exports/{export.pk}/")
    assert Entry.objects.get(verb="finish_export").detail == {"rows": 2}


def test_the_page_shows_how_far_it_is_and_stops_asking_when_it_is_done(cast, time):
    many_units()
    export, client = asked(cast.officer), browser(cast.officer)
    assert claim(export.pk).attempts == 1
    note(Export.objects.get(), PORTION)
    page = client.get(f"/exports/{export.pk}/").content.decode()
    assert 'value="49"' in page
    assert 'hx-trigger="every 2s"' in page

    time.shift(LEASE * 2)
    write_next()

    page = client.get(f"/exports/{export.pk}/").content.decode()
    assert "hx-trigger" not in page
    assert f'href="/exports/{export.pk}/download/"' in page


def test_the_page_stops_asking_after_ten_minutes_lest_an_idle_session_never_ends(cast, time):
    export = asked(cast.officer)
    time.shift(600)

    assert "hx-trigger" not in browser(cast.officer).get(f"/exports/{export.pk}/").content.decode()


def test_a_worker_killed_half_way_is_followed_by_another_after_the_lease(cast, time):
    many_units()
    export = asked(cast.officer)
    with pytest.raises(Killed), killed_after(1):
        write_next()

    half = Export.objects.get()
    assert (half.state, half.written, half.attempts) == ("writing", PORTION, 1)
    assert write_next() is None
    time.shift(LEASE * 1.1)
    write_next()

    assert Export.objects.get().state == "ready"
    assert len(rows_of(downloaded(cast.officer, export))) == 2 * PORTION + 4
    assert len(files()) == 1


def test_a_worker_that_was_stopped_past_its_lease_gives_way_to_who_took_over(cast, time):
    sleeper = claim(asked(cast.officer).pk)
    time.shift(LEASE * 1.1)
    taken_over = claim(sleeper.pk)

    for late in (lambda: note(sleeper, 2), lambda: write(sleeper)):
        with pytest.raises(Lost):
            late()
    assert (taken_over.attempts, Export.objects.get().written, files()) == (2, 0, [])
    write(taken_over)
    assert Export.objects.get().state == "ready"


def test_one_export_is_taken_by_one_of_two(cast, time):
    export = asked(cast.officer)

    assert [claim(export.pk) is not None, claim(export.pk)] == [True, None]


def test_while_one_is_written_no_other_is_begun(cast, time):
    first, second = asked(cast.officer), asked(cast.clerk)
    claim(first.pk)

    assert write_next() is None
    assert Export.objects.get(pk=second.pk).attempts == 0


def test_after_three_failures_it_is_given_up_with_words_that_help(cast, time, settings):
    export = asked(cast.officer)
    settings.SANWEI_DISK_FLOOR_MB = 10**9
    for minutes, attempts in ((0, 1), (1, 2), (5, 3)):
        time.shift(minutes * 60)
        write_next()
        assert Export.objects.get().attempts == attempts
        assert write_next() is None

    export.refresh_from_db()
    assert (export.state, export.failure, files()) == ("failed", GIVEN_UP, [])
    assert GIVEN_UP in browser(cast.officer).get(f"/exports/{export.pk}/").content.decode()
    tell_all()
    assert Notification.objects.get(user=cast.officer).body == GIVEN_UP


def test_a_worker_that_dies_each_time_is_given_up_too(cast, time):
    asked(cast.officer)
    for _ in range(3):
        claim(Export.objects.get().pk)
        time.shift(LEASE * 1.1)
    write_next()

    assert Export.objects.get().state == "failed"


def test_who_lost_the_post_meanwhile_gets_what_is_left(cast, time):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    export = asked(cast.officer, PLANS)
    Post.objects.filter(user=cast.officer).update(ends_on="2020-12-31")
    write_next()

    assert rows_of(downloaded(cast.officer, export))[2:] == []


def test_an_auditor_who_is_none_any_more_gets_no_record(cast, time):
    auditor = make.holder("audit_admin", "吴审")
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    export = asked(auditor, AUDIT)
    Post.objects.filter(user=auditor).update(ends_on="2020-12-31")
    write_next()

    export.refresh_from_db()
    assert (export.state, export.failure, files()) == ("failed", NO_RIGHT, [])


def test_nothing_is_written_for_an_account_that_was_closed(cast, time):
    export = asked(cast.officer)
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    write_next()

    export.refresh_from_db()
    assert (export.state, export.failure) == ("failed", NO_RIGHT)
