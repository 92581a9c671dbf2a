"""The pages of cases: constant queries, forms that keep what was typed, rows without scripts, the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.accountability import worklist
from assessments.accountability.models import AccountabilityCase
from tests import make
from tests.assessments.accountability import build

LIST = "/assessments/accountability/"


def queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def test_the_list_asks_as_much_for_three_cases_as_for_one(cast, client, discipline):
    client.force_login(discipline)
    build.decided(cast)
    one = queries(client, LIST)
    build.decided(cast, persons=("甲", "乙", "丙"))
    build.told(cast, unit=cast.other_unit)

    assert queries(client, LIST) == one <= 12


def test_a_case_asks_as_much_for_three_respondents_as_for_one(cast, client, discipline):
    client.force_login(discipline)
    counts = []
    for persons in (("甲",), ("甲", "乙", "丙")):
        case = build.with_notice(cast, persons=persons)
        counts.append(queries(client, case.get_absolute_url()))

    assert counts[0] == counts[1] <= 15


def test_the_head_asks_as_much_for_three_respondents_as_for_one(cast, client):
    client.force_login(cast.head)
    counts = [
        queries(client, build.told(cast, persons=persons).get_absolute_url())
        for persons in (("甲",), ("甲", "乙", "丙"))
    ]

    assert counts[0] == counts[1] <= 15


def test_the_numbers_are_three_questions_and_one(cast, client, discipline):
    client.force_login(discipline)
    build.decided(cast)

    assert queries(client, f"{LIST}numbers/") <= 12


def posted(**rows):
    """The words of a registration, and one row for each person."""
    words = {"source": "finding", "facts": "窗口离岗", "concerned": "persons", "rows-INITIAL_FORMS": "0"}
    words |= {"rows-TOTAL_FORMS": "3", **rows}
    return words


def row(place, name="甲", kind="general") -> dict:
    return {f"rows-{place}-name": name, f"rows-{place}-kind": kind}


def test_a_case_about_two_persons_is_registered_in_one_form(cast, client, discipline):
    client.force_login(discipline)
    answer = client.post(f"{LIST}register/", posted(unit=cast.unit.pk, **row(0), **row(2, "乙", "county")))

    case = AccountabilityCase.objects.get()
    assert answer["Location"] == case.get_absolute_url()
    assert [*case.respondents.values_list("name", "kind")] == [("甲", "general"), ("乙", "county")]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"concerned": "persons"}, "请在表中至少填写一人"),
        ({"concerned": "unit", **row(0)}, "请清空人员表"),
        ({"rows-0-name": "甲"}, "请选择人员类别"),
        ({"rows-0-kind": "unit", "rows-0-name": "甲"}, "选择一个有效的选项"),
        ({"facts": "", **row(0)}, "请写明时间、地点、人员和经过"),
        ({**row(0), **row(1, "　甲")}, "同一人只填写一次"),
    ],
)
def test_a_registration_that_is_wrong_says_why_and_keeps_what_was_typed(
    cast, client, discipline, changed, why
):
    client.force_login(discipline)
    words = posted(unit=cast.unit.pk, source_label="督查〔2026〕7号", **changed)
    answer = client.post(f"{LIST}register/", words)
    page = answer.content.decode()

    assert (answer.status_code, AccountabilityCase.objects.count()) == (422, 0)
    assert why in page
    assert "督查〔2026〕7号" in page


def test_more_rows_come_without_scripts_and_nothing_typed_is_lost(cast, client, discipline):
    client.force_login(discipline)
    typed = posted(unit=cast.unit.pk, more="1", facts="两人离岗", **row(0, "甲"))
    page = client.post(f"{LIST}register/", typed).content.decode()

    assert 'name="rows-TOTAL_FORMS" value="6"' in page
    assert 'name="rows-5-name"' in page
    assert "两人离岗" in page
    assert 'value="甲"' in page
    assert AccountabilityCase.objects.count() == 0
    known = build.verifying(cast, persons=("乙",))
    page = client.post(f"{LIST}{known.pk}/name_respondents/", typed).content.decode()
    assert 'value="甲"' in page
    assert [*known.respondents.values_list("name", flat=True)] == ["乙"]


def test_respondents_are_corrected_from_what_stands(cast, client, discipline):
    case = build.verifying(cast, persons=("甲", "乙"))
    client.force_login(discipline)
    page = client.get(f"{LIST}{case.pk}/name_respondents/").content.decode()
    assert 'value="甲"' in page
    assert 'value="乙"' in page
    words = {"concerned": "persons", "rows-TOTAL_FORMS": "5", "rows-INITIAL_FORMS": "2"}
    client.post(f"{LIST}{case.pk}/name_respondents/", words | row(0, "甲") | row(1, "", "") | row(2, "丙"))

    assert [*case.respondents.values_list("name", flat=True)] == ["甲", "丙"]


def test_a_decision_that_is_too_heavy_comes_back_with_what_was_typed(cast, client, discipline):
    case = build.proposed(cast, "circular")
    client.force_login(discipline)
    words = {
        "organ": "市监委",
        "document_number": "六监[2026]3号",
        "decided_on": "2026-03-02",
        "version": case.version,
    }
    answer = client.post(
        f"{LIST}{case.pk}/decide/", {**words, f"forms_{case.respondents.get().pk}": ["warn"]}
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "重于事实告知时告知的“通报批评”" in page
    assert "六监[2026]3号" in page


def test_a_decision_on_what_was_not_read_is_refused(cast, client, discipline):
    case = build.proposed(cast, "circular")
    client.force_login(discipline)
    words = {
        "organ": "市监委",
        "document_number": "六监[2026]3号",
        "decided_on": "2026-03-02",
        "version": case.version - 1,
    }
    answer = client.post(
        f"{LIST}{case.pk}/decide/", {**words, f"forms_{case.respondents.get().pk}": ["circular"]}
    )

    assert answer.status_code == 409
    assert "已被他人更新" in answer.content.decode()


def test_the_filter_narrows_by_unit_number_state_and_effect(cast, client, discipline):
    build.in_effect(cast, "circular")
    build.in_effect(cast, "talk", unit=cast.other_unit)
    build.registered(cast)
    client.force_login(discipline)

    def numbers(query):
        page = client.get(f"{LIST}?{query}").content.decode()
        return [number for number in (1, 2, 3) if f"追责〔2026〕{number}号" in page]

    assert numbers("") == [1, 2, 3]
    assert numbers("effect=now") == [1]
    assert numbers("state=registered") == [3]
    assert numbers("q=〕2号") == [2]
    assert numbers("state=nonsense&source=x") == [1, 2, 3]


def desk(user) -> list[tuple]:
    return [(item.title, item.what, item.with_others) for item in worklist.items(user)]


def test_what_lies_on_whose_desk(cast, discipline):
    build.registered(cast)
    build.told(cast, persons=("甲",))
    build.heard(cast, persons=("乙",))
    build.in_effect(cast, persons=("丙",))

    assert desk(discipline) == [
        ("责任追究 追责〔2026〕1号", "启动核实", False),
        ("责任追究 追责〔2026〕2号", "听取陈述申辩", True),
        ("责任追究 追责〔2026〕3号", "提出处理建议", False),
        ("责任追究 追责〔2026〕4号", "影响期", True),
    ]
    assert desk(cast.head) == [
        ("责任追究 追责〔2026〕2号", "陈述申辩", False),
        ("责任追究 追责〔2026〕3号", "事实告知与陈述申辩", True),
        ("责任追究 追责〔2026〕4号", "影响期", True),
    ]
    assert desk(cast.clerk) == desk(cast.officer) == desk(cast.leader) == []
    with build.on(2027, 3, 3):
        assert ("责任追究 追责〔2026〕4号", "解除", False) in desk(discipline)


def test_a_registration_waits_for_a_campaign(cast, client, discipline):
    cast.campaign.state = "archive"
    cast.campaign.save(update_fields=["state"])
    client.force_login(discipline)
    answer = client.get(f"{LIST}register/")

    assert answer.status_code == 409
    assert "没有正在进行的创建活动" in answer.content.decode()


def test_the_scheme_is_set_by_the_head_of_the_office(cast, client, discipline):
    words = {"since": "2026-03-10", "scheme": "county", "reason": "按县区办法执行"}
    client.force_login(discipline)
    assert client.post(f"{LIST}scheme/", words).status_code == 403
    client.force_login(cast.office_head)
    assert client.post(f"{LIST}scheme/", {**words, "since": "2026-03-01"}).status_code == 422
    page = client.post(f"{LIST}scheme/", words, follow=True).content.decode()

    assert "累计追究办法已设定，自2026-03-10起执行。" in page
    assert "今日执行：市级办法" in page


def test_a_keeper_of_the_house_has_no_such_page(cast, client):
    client.force_login(make.holder("system_admin"))

    assert [client.get(f"{LIST}{rest}").status_code for rest in ("", "numbers/", "scheme/", "export/")] == [
        404
    ] * 4
