"""Small lists leave at once, large ones want a reason; both are in the record."""

import pytest
import time_machine

from sanwei.core.audit.models import Entry
from sanwei.core.exports import actions
from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import write_next
from sanwei.core.idempotency.models import Reply
from tests import make
from tests.cast import beijing
from tests.core.exports.sheets import (
    AUDIT,
    MEASURES,
    PLANS,
    UNITS,
    WHY,
    asked,
    at_once,
    book_of,
    browser,
    rows_of,
)

NOON = beijing(2026, 3, 5, 12, 0)


def told(verb) -> list[tuple]:
    """(who, detail) of the entries of one verb."""
    return [(entry.actor_name, entry.detail) for entry in Entry.objects.filter(verb=verb).order_by("pk")]


def test_a_short_list_leaves_at_once_and_is_in_the_record(cast):
    make.unit("市审计局", tier="weak")
    answer = at_once(cast.officer, f"{UNITS}?tier=weak")

    assert [row[2] for row in rows_of(answer)] == [None, "单位全称", "市审计局"]
    assert told("export") == [("陈静", {"table": "单位名录", "rows": 1, "filter": "tier=weak"})]
    assert Export.objects.count() == 0


def test_as_many_rows_as_the_limit_are_still_few(cast, settings):
    settings.SANWEI_EXPORT_AT_ONCE_ROWS = 2

    assert len(rows_of(browser(cast.officer).get(UNITS))) == 4


def test_a_long_list_says_how_many_rows_and_asks_why(cast):
    page = browser(cast.officer).get(f"{UNITS}?category=government")

    text = page.content.decode()
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "共 <strong>2</strong> 行" in text
    assert 'name="reason"' in text
    assert 'href="/units/organisation/?category=government"' in text
    assert (Export.objects.count(), told("export")) == (0, [])


def test_without_a_reason_nothing_is_written(cast):
    answer = browser(cast.officer).post(UNITS, {"reason": "  "})

    assert answer.status_code == 422
    assert "请写明导出理由。" in answer.content.decode()
    assert Export.objects.count() == 0


@time_machine.travel(NOON, tick=False)
def test_with_a_reason_it_waits_for_a_worker_and_is_in_the_record(cast):
    answer = browser(cast.officer).post(f"{UNITS}?category=government", {"reason": WHY})

    export = Export.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/exports/{export.pk}/")
    assert (export.by, export.total, export.written, export.state) == (cast.officer, 2, 0, "asked")
    assert (export.list_url, export.asked_at) == (f"{UNITS}?category=government", NOON)
    assert told("ask_export") == [("陈静", {"reason": WHY, "rows": 2, "filter": "category=government"})]


def test_a_form_sent_twice_asks_once(cast):
    client, words = browser(cast.officer), {"reason": WHY, "_once": "a1b2c3"}
    first, second = client.post(UNITS, words), client.post(UNITS, words)

    assert first["Location"] == second["Location"]
    assert Export.objects.count() == 1


def test_a_form_for_a_list_that_has_become_short_leads_to_the_list_itself(cast, settings):
    settings.SANWEI_EXPORT_AT_ONCE_ROWS = 2
    answer = browser(cast.officer).post(f"{UNITS}?q=", {"reason": WHY, "_once": "a1b2c3"})

    assert (answer.status_code, answer["Location"]) == (302, f"{UNITS}?q=")
    assert (Export.objects.count(), told("export")) == (0, [])


def test_a_third_waits_until_one_of_two_is_done_and_the_reason_is_kept(cast):
    asked(cast.officer)
    asked(cast.officer, PLANS)
    refused = browser(cast.officer).post(UNITS, {"reason": WHY})

    text = refused.content.decode()
    assert refused.status_code == 422
    assert "您已有2项导出正在办理。请等其中一项完成后再申请" in text
    assert WHY in text
    write_next()
    assert asked(cast.officer).state == "asked"


def test_each_person_has_their_own_two(cast):
    for user in (cast.officer, cast.office_head):
        asked(user)
        asked(user, PLANS)

    assert Export.objects.waiting().count() == 4


@pytest.mark.parametrize(("who", "status"), [("auditor", 200), ("officer", 403), ("clerk", 403)])
def test_the_record_is_exported_by_the_auditor_alone(cast, who, status):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    user = make.holder("audit_admin", "吴审") if who == "auditor" else getattr(cast, who)

    answers = [browser(user).get(AUDIT), browser(user).post(AUDIT, {"reason": WHY})]

    assert [answer.status_code for answer in answers] == [status, 302 if status == 200 else 403]
    assert Export.objects.count() == (status == 200)


@time_machine.travel(NOON, tick=False)
def test_the_file_says_on_paper_who_took_it_and_when(cast):
    book = book_of(at_once(cast.officer))

    mark = "导出人：陈静（领导组办公室工作人员） 导出时间：2026-03-05 12:00"
    assert book.active.oddFooter.left.text == mark
    assert (book.properties.creator, book.properties.description) == (mark, mark)


def test_a_stranger_gets_none_of_the_rows_of_others(cast):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)

    assert rows_of(at_once(cast.stranger, MEASURES))[2:] == []
    assert [row[0] for row in rows_of(at_once(cast.clerk, MEASURES))[2:]] == ["市发展改革委"]


def test_the_key_of_one_form_does_not_ask_for_the_list_under_another_filter(cast):
    client, words = browser(cast.officer), {"reason": WHY, "_once": "a1b2c3"}
    client.post(f"{UNITS}?category=government", words)
    other = client.post(f"{UNITS}?q=", words)

    assert other.status_code == 409
    assert "此表单已经提交过，内容与前次不同" in other.content.decode()
    assert Export.objects.count() == 1


def test_the_answer_to_a_form_is_kept_however_long_its_filter(cast, settings):
    settings.SANWEI_EXPORT_AT_ONCE_ROWS = 2
    address, words = f"{UNITS}?q={'%E4%BC%9A' * 200}", {"reason": WHY, "_once": "a1b2c3"}
    client = browser(cast.officer)

    assert [client.post(address, words)["Location"] for _ in range(2)] == [address, address]
    Reply._meta.get_field("location").run_validators(address)


def test_what_no_sheet_can_hold_is_not_asked_for(cast, monkeypatch):
    monkeypatch.setattr(actions, "MOST_ROWS", 1)
    answer = browser(cast.officer).post(UNITS, {"reason": WHY})

    assert answer.status_code == 422
    assert "一个工作表放不下，请缩小筛选范围后再导出" in answer.content.decode()
    assert Export.objects.count() == 0
