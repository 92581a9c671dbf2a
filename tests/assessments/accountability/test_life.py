"""The life of a case, from the clue to the end of its effect; what the hearing bounds; what ends it otherwise."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments.accountability import actions, deciding, fault_notices, hearing, reviewing
from assessments.accountability.models import AccountabilityCase, CaseReview, Sanction, Statement
from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Announcement, Notification
from sanwei.core.refusals import Refused
from tests import make
from tests.assessments.accountability import build
from tests.post import tell_all
from units.policies.models import Policy


def said(case) -> list[str]:
    """What was announced about a case, in order."""
    rows = Announcement.objects.filter(object_type=case._meta.label_lower, object_id=case.pk).order_by("pk")
    return [row.title.removeprefix(f"责任追究{case.number}：") for row in rows]


def standing(case) -> list[tuple]:
    rows = Sanction.objects.in_force().filter(respondent__case=case).order_by("rank")
    return [(row.form, row.months, row.effect_until) for row in rows]


def test_from_the_clue_to_the_end_of_its_effect(cast, discipline):
    case = build.in_effect(cast, "rectify", "circular")

    assert (case.number, case.state) == ("追责〔2026〕1号", "in_effect")
    assert standing(case) == [("rectify", 0, None), ("circular", 12, dt.date(2027, 3, 2))]
    with pytest.raises(Refused, match="影响期至2027年3月2日，届满后方可解除"):
        actions.release(case=case, by=discipline)
    with build.on(2027, 3, 3):
        assert actions.release(case=case, by=discipline).state == "released"
    assert [*Entry.objects.about(case).order_by("pk").values_list("verb", flat=True)] == [
        "register", "verify", "notify_facts", "make_statement", "propose", "decide", "execute", "release",
    ]  # fmt: skip


def test_who_is_told_what_and_never_a_name(cast, discipline):
    case = build.in_effect(cast, by=discipline)
    tell_all()

    assert said(case) == [
        "线索待核实",
        "事实已告知，请于2026年3月9日前陈述申辩",
        "已陈述申辩，请提出处理建议",
        "处理决定已登记",
    ]
    told = Notification.objects.filter(title__startswith="责任追究").values_list("user__name", flat=True)
    assert {*told} == {"刘志强", "张建国"}
    assert not Notification.objects.filter(title__contains=build.NAME).exists()
    assert not Notification.objects.filter(body__contains=build.NAME).exists()


def test_a_source_is_registered_once_while_its_case_stands(cast, discipline):
    case = build.registered(cast, source_key="finding:12")

    with pytest.raises(Refused, match="该线索已经登记，编号追责〔2026〕1号"):
        build.registered(cast, source_key="finding:12")
    actions.not_pursue(case=case, by=discipline, reason="查无此事")
    assert build.registered(cast, source_key="finding:12").number == "追责〔2026〕2号"


def test_persons_are_named_once_each_and_at_least_one(cast, discipline):
    for persons in ((), ("张三", "张　三")):
        with pytest.raises(Refused, match="请至少填写一人，同一人只填写一次"):
            respondents = [build.person(name) for name in persons]
            build.registered(cast, persons=(), concerned="persons", respondents=respondents)

    assert AccountabilityCase.objects.count() == 0


def test_respondents_are_named_anew_until_the_facts_are_told(cast, discipline):
    case = build.verifying(cast, persons=())
    words = {"concerned": "persons", "respondents": [build.person("甲"), build.person("乙", kind="county")]}
    case = actions.name_respondents(case=case, by=discipline, **words)

    assert [*case.respondents.values_list("name", "kind")] == [("甲", "section"), ("乙", "county")]
    assert case.concerned == "persons"


# The hearing


def test_nothing_is_proposed_before_everybody_was_heard(cast, discipline):
    case = build.told(cast, persons=("甲", "乙"))
    first, second = case.respondents.in_order()
    case = hearing.make_statement(
        case=case, by=cast.head, respondent=first, waived=False, text="当时在开会。"
    )

    with pytest.raises(Refused, match="尚未听取全部追究对象的陈述申辩"):
        deciding.propose(case=case, by=discipline, opinion="建议", chosen=build.all_get(case, "circular"))
    case = hearing.make_statement(case=case, by=discipline, respondent=second, waived=True)
    assert case.heard_at is not None
    rows = Statement.objects.values_list("respondent__name", "waived", "by_unit", "text")
    assert [*rows] == [("甲", False, True, "当时在开会。"), ("乙", True, False, "")]
    proposing = {"opinion": "建议", "chosen": build.all_get(case, "circular")}
    assert deciding.propose(case=case, by=discipline, **proposing).state == "proposed"


def test_the_database_itself_knows_no_proposal_without_a_hearing(cast):
    case = build.told(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        AccountabilityCase.objects.filter(pk=case.pk).update(state="proposed")


def test_who_says_nothing_must_say_so(cast):
    case = build.told(cast)

    with pytest.raises(ValidationError, match="请写明陈述申辩意见"):
        hearing.make_statement(
            case=case, by=cast.head, respondent=case.respondents.get(), waived=False, text="  "
        )


def test_a_respondent_of_another_case_is_not_heard_here(cast):
    case, other = build.told(cast), build.told(cast, persons=("甲",))

    with pytest.raises(ValidationError, match="请选择本案的追究对象"):
        hearing.make_statement(case=case, by=cast.head, respondent=other.respondents.get(), waived=True)


@pytest.mark.parametrize("verb", ["propose", "decide"])
def test_a_defence_does_not_make_it_heavier(cast, discipline, verb):
    case = build.heard(cast, "circular") if verb == "propose" else build.proposed(cast, "circular")
    words = {"chosen": build.all_get(case, "warn")}
    words |= {"opinion": "建议"} if verb == "propose" else {**build.PAPER, "decided_on": build.TODAY}

    with pytest.raises(ValidationError, match=r"“效能告诫”重于事实告知时告知的“通报批评”.*补充告知"):
        getattr(deciding, verb)(case=case, by=discipline, **words)
    case.refresh_from_db()
    assert case.state == ("hearing" if verb == "propose" else "proposed")


def test_new_facts_and_a_new_hearing_may_make_it_heavier(cast, discipline):
    case = build.proposed(cast, "circular")
    words = {**build.BASIS, "due_on": dt.date(2026, 3, 9), "chosen": build.all_get(case, "warn")}
    case = hearing.notify_again(case=case, by=discipline, new_facts="三月三日再次离岗。", **words)

    assert (case.state, case.round, case.heard_at) == ("hearing", 2, None)
    assert case.facts_told == "审批窗口擅自离岗。\n\n补充事实（2026年3月2日）：三月三日再次离岗。"
    with pytest.raises(Refused, match="尚未听取"):
        deciding.propose(case=case, by=discipline, opinion="建议", chosen=build.all_get(case, "warn"))
    case = build.all_waive(case)
    case = deciding.propose(case=case, by=discipline, opinion="建议", chosen=build.all_get(case, "warn"))
    assert case.state == "proposed"


def test_a_lighter_decision_is_entered(cast, discipline):
    case = build.proposed(cast, "warn")
    words = {**build.PAPER, "decided_on": build.TODAY, "chosen": build.all_get(case, "talk")}
    case = deciding.decide(case=case, by=discipline, **words)

    assert standing(case) == [("talk", 0, None)]
    assert case.effect_until is None


def test_every_respondent_gets_a_form_that_can_be_applied_to_it(cast, discipline):
    case = build.verifying(cast, persons=())
    words = {**build.BASIS, "facts": "服务差", "due_on": dt.date(2026, 3, 9)}
    build.basis()

    for chosen, why in ((build.all_get(case, "talk"), "不适用于市发展改革委"), ({}, "请为市发展改革委选择")):
        with pytest.raises(ValidationError, match=why):
            hearing.notify_facts(case=case, by=discipline, chosen=chosen, **words)
    assert Sanction.objects.count() == 0


def test_the_facts_rest_on_the_measures_of_2006(cast, discipline):
    case = build.verifying(cast)
    words = {
        **build.BASIS,
        "facts": "离岗",
        "due_on": dt.date(2026, 3, 9),
        "chosen": build.all_get(case, "talk"),
    }
    with pytest.raises(ValidationError, match="文件库中没有六办发〔2006〕14号"):
        hearing.notify_facts(case=case, by=discipline, **words)
    build.basis()

    case = hearing.notify_facts(case=case, by=discipline, **words)
    assert case.policy == Policy.objects.get(number="六办发〔2006〕14号")


# The decision


@pytest.mark.parametrize(
    ("typed", "kept"), [("六纪[2026]8号", "六纪〔2026〕8号"), ("六纪［２０２６］第０８号", "六纪〔2026〕8号")]
)
def test_the_number_of_the_decision_has_the_brackets_of_the_house(cast, discipline, typed, kept):
    case = build.proposed(cast)
    words = {"organ": "市纪委监委", "decided_on": build.TODAY, "chosen": build.all_get(case, "circular")}
    case = deciding.decide(case=case, by=discipline, document_number=typed, **words)

    assert case.document_number == kept


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"document_number": "口头决定"}, "看不懂文号“口头决定”"),
        ({"decided_on": dt.date(2026, 3, 3)}, "日期不能晚于今天"),
        ({"decided_on": dt.date(2026, 3, 1)}, "日期不能早于前一环节的2026年3月2日"),
    ],
)
def test_what_cannot_be_on_a_decision_is_refused(cast, discipline, changed, why):
    case = build.proposed(cast)
    words = {**build.PAPER, "decided_on": build.TODAY, "chosen": build.all_get(case, "circular"), **changed}

    with pytest.raises(ValidationError, match=why):
        deciding.decide(case=case, by=discipline, **words)


def test_the_decision_may_name_its_own_period_for_its_heaviest_form(cast, discipline):
    case = build.proposed(cast, "circular", "suspend")
    respondent = case.respondents.get()
    words = {**build.PAPER, "decided_on": build.TODAY, "chosen": build.all_get(case, "circular", "suspend")}
    case = deciding.decide(case=case, by=discipline, months={respondent.pk: 3}, **words)

    assert standing(case) == [
        ("circular", 12, dt.date(2027, 3, 2)),
        ("suspend", 3, dt.date(2026, 6, 2)),
    ]
    assert case.effect_until == dt.date(2027, 3, 2)


def test_what_has_no_end_is_in_effect_for_ever_and_never_released(cast, discipline):
    case = build.in_effect(cast, "expulsion")

    assert (case.is_endless, case.effect_until) == (True, None)
    with pytest.raises(Refused, match="不适用解除"):
        actions.release(case=case, by=discipline)
    assert AccountabilityCase.objects.in_effect(dt.date(2066, 1, 1)).get() == case


def test_what_has_run_out_is_no_longer_in_effect_without_any_clock(cast):
    case = build.in_effect(cast, "warning")  # six months

    known = [dt.date(2026, 3, 1), dt.date(2026, 3, 2), dt.date(2026, 9, 2), dt.date(2026, 9, 3)]
    assert [AccountabilityCase.objects.in_effect(day).exists() for day in known] == [False, True, True, False]
    with build.on(2026, 9, 3):
        assert not AccountabilityCase.objects.in_effect().exists()
    assert AccountabilityCase.objects.of_unit(cast.unit).concerning(cast.unit, " 欧阳 若愚").get() == case
    assert not AccountabilityCase.objects.concerning(cast.other_unit, build.NAME).exists()


# Appeals


def review(case, by, verb, **more):
    paper = {"organ": "市监委", "document_number": "六监〔2026〕1号", "decided_on": build.TODAY}
    return getattr(reviewing, verb)(case=case, by=by, opinion="经复核", **paper, **more)


def test_a_decision_that_is_upheld_goes_on(cast, discipline):
    case = review(build.appealed(cast), discipline, "uphold")

    assert (case.state, CaseReview.objects.get().outcome) == ("in_effect", "upheld")
    assert standing(case) == [("circular", 12, dt.date(2027, 3, 2))]


def test_a_decision_is_in_effect_while_it_is_appealed(cast):
    case = build.appealed(cast)

    assert AccountabilityCase.objects.in_effect().get() == case


def test_an_amended_decision_is_lighter_and_runs_from_the_first_day(cast, discipline):
    case = build.appealed(cast, "demerit")
    with pytest.raises(ValidationError, match="“政务记大过”重于原决定的“政务记过”"):
        review(case, discipline, "amend", chosen=build.all_get(case, "serious_demerit"))
    case = review(case, discipline, "amend", chosen=build.all_get(case, "warning"))

    assert standing(case) == [("warning", 6, dt.date(2026, 9, 2))]
    assert (case.state, case.effect_until) == ("in_effect", dt.date(2026, 9, 2))
    assert Sanction.objects.filter(stage="decided").count() == 2


def test_of_a_revoked_decision_nothing_stands(cast, discipline):
    case = review(build.appealed(cast), discipline, "revoke")

    assert (case.state, standing(case)) == ("revoked", [])
    assert not AccountabilityCase.objects.in_effect().exists()


# Side exits and papers


def test_a_case_is_not_pursued_for_a_reason_that_is_kept_off_the_record(cast, discipline):
    case = build.told(cast)
    case = actions.not_pursue(case=case, by=discipline, reason=f"{build.NAME}当日请假", exemption="deceived")

    assert (case.state, case.circumstances) == ("not_pursued", ["deceived"])
    assert said(case)[-1] == "不予追究"
    assert not Entry.objects.filter(detail__icontains=build.NAME).exists()


def test_an_ended_case_whose_facts_were_not_told_is_told_to_nobody(cast, discipline):
    case = actions.terminate(case=build.verifying(cast), by=discipline, reason="已移送")

    assert said(case) == ["线索待核实"]


def test_what_was_decided_and_then_terminated_is_not_in_force(cast, discipline):
    case = actions.terminate(case=build.decided(cast), by=discipline, reason="人员死亡")

    assert (case.state, standing(case)) == ("terminated", [])


def test_a_notice_is_numbered_told_and_signed_once(cast, discipline):
    case = build.with_notice(cast)
    notice = case.notices.get()
    fault_notices.sign_notice(notice=notice, by=cast.head)
    fault_notices.sign_notice(notice=notice, by=cast.other_head)

    notice.refresh_from_db()
    assert (notice.number, notice.signed_by) == ("效能过失〔2026〕1号", cast.head)
    assert said(case)[-1] == "效能过失〔2026〕1号待签收"
    assert Entry.objects.filter(verb="sign_notice").count() == 1


# Keeping away


def barred_people(cast):
    """Each of whom has a part in the case of 市发展改革委 about 欧阳若愚."""
    colleague = make.holder("discipline", "甲")
    make.post(colleague, "department_lead", cast.unit)
    namesake = make.holder("discipline", build.NAME)
    second = make.post(make.user("张建国", person=cast.head.person), "discipline").user
    return {"colleague": colleague, "namesake": namesake, "second account of the head": second}


@pytest.mark.parametrize("who", ["colleague", "namesake", "second account of the head"])
def test_who_has_a_part_in_a_case_does_not_handle_it(cast, discipline, who):
    person = barred_people(cast)[who]
    case = build.registered(cast)

    assert [*AccountabilityCase.objects.visible_to(person)] == []
    assert [*AccountabilityCase.objects.visible_to(discipline)] == [case]
    with pytest.raises(Refused, match="应当回避"):
        actions.verify(case=case, by=person)
    with pytest.raises(Refused, match="应当回避"):
        build.registered(cast, by=person)
    assert said(case) == ["线索待核实"]
    tell_all()
    assert not Notification.objects.filter(user=person).exists()


def test_a_handler_of_no_part_in_it_handles_it(cast):
    case = build.registered(cast)

    assert actions.verify(case=case, by=cast.office_head).state == "verifying"
