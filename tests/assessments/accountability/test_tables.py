"""The tables of the room: the twelve forms, which is heavier, periods in months, escalation, names as keys."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from assessments.accountability import actions, earlier, escalation, hearing, sanctions, schemes
from assessments.accountability.escalation import Earlier
from assessments.accountability.models import EscalationRule
from assessments.accountability.naming import key_of
from assessments.accountability.periods import add_months, effect_until
from sanwei.core.audit.models import Entry
from tests.assessments.accountability import build

DAYS = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2090, 12, 31))
CODES = st.sets(st.sampled_from([form.code for form in sanctions.FORMS]), min_size=1, max_size=4)


def test_the_twelve_forms_stand_in_the_order_of_the_dossier():
    assert [*dict.fromkeys(form.rank for form in sanctions.FORMS)] == [*range(1, 13)]
    assert {form.rank for form in sanctions.FORMS if form.approval} == {8, 9, 10}
    assert {form.code: form.months for form in sanctions.FORMS if form.rank == 11 and form.code != "party"} == {
        "warning": 6, "demerit": 12, "serious_demerit": 18, "demotion": 24, "dismissal": 24, "expulsion": None,
    }  # fmt: skip


def test_whom_a_form_can_be_applied_to():
    unit, person = sanctions.applicable(sanctions.UNIT), sanctions.applicable(sanctions.PERSON)

    assert [form.rank for form in unit] == [2, 4, 5, 6, 7]
    assert "remove" not in {form.code for form in person}
    assert "remove" in {form.code for form in sanctions.applicable(sanctions.PERSON, sanctions.LEADER)}


@pytest.mark.parametrize(
    ("chosen", "limit", "over"),
    [
        (["circular"], ["circular"], None),
        (["talk", "circular"], ["circular"], None),
        (["warn"], ["circular"], "warn"),
        (["demerit"], ["warning"], "demerit"),
        (["warning"], ["demerit"], None),
        (["party"], ["expulsion"], "party"),
        (["party"], ["party"], None),
        (["warning"], ["party"], "warning"),
        (["suspend"], ["party"], None),
        (["talk"], [], "talk"),
        ([], ["talk"], None),
    ],
)
def test_which_of_two_choices_is_the_heavier(chosen, limit, over):
    found = sanctions.heavier(chosen, limit)

    assert (found.code if found else None) == over


@given(CODES, CODES)
def test_of_two_choices_without_party_discipline_at_most_one_is_heavier(one, other):
    one, other = one - {"party"}, other - {"party"}

    assert not (sanctions.heavier(one, other) and sanctions.heavier(other, one))
    assert sanctions.heavier(one, one | other) is None


def test_what_others_approve_is_a_suggestion():
    assert sanctions.suggested(["transfer", "talk"]) == "批评教育、谈话提醒、建议调整（调离）工作岗位、待岗"


# Periods


@pytest.mark.parametrize(
    ("decided", "months", "last"),
    [
        ((2026, 3, 2), 6, (2026, 9, 2)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2027, 8, 31), 6, (2028, 2, 29)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2027, 2, 28), 6, (2027, 8, 28)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2028, 2, 29), 24, (2030, 2, 28)),
        ((2026, 10, 31), 18, (2028, 4, 30)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
    ],
)
def test_a_period_ends_on_the_same_day_or_the_last_of_its_month(decided, months, last):
    assert effect_until(dt.date(*decided), months) == dt.date(*last)


def test_what_has_no_period_has_no_last_day():
    assert (effect_until(build.TODAY, 0), effect_until(build.TODAY, None)) == (None, None)


@given(DAYS, st.integers(-60, 120))
def test_a_period_has_exactly_its_months(day, months):
    last = add_months(day, months)
    tomorrow = last + dt.timedelta(days=1)

    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == day.day or (last.day < day.day and tomorrow.day == 1)


@given(DAYS, DAYS, st.integers(0, 60))
def test_who_was_decided_on_later_is_not_free_earlier(one, other, months):
    first, second = sorted((one, other))

    assert add_months(first, months) <= add_months(second, months)


# Escalation


def before(*codes):
    return [Earlier("追责〔2026〕1号", build.TODAY, (code,)) for code in codes]


@pytest.mark.parametrize(
    ("codes", "past", "said"),
    [
        (["admonish"], before(), ["一年内第1次诫勉教育：作出书面检查，扣发年度奖金15%"]),
        (["admonish"], before("admonish"), ["一年内第2次诫勉教育：公开检查并通报批评，扣发年度奖金30%"]),
        (["admonish"], before("admonish", "admonish"), ["一年内第3次诫勉教育：给予效能告诫"]),
        (["admonish"], before(*["admonish"] * 4), ["一年内第5次诫勉教育：给予效能告诫"]),
        (["admonish"], before("talk"), ["一年内第1次诫勉教育：作出书面检查，扣发年度奖金15%"]),
        (["warn"], before(), ["一年内第1次效能告诫：年度考核不得评为优秀，扣发年度奖金50%"]),
        (["warn"], before("warn"), ["一年内第2次效能告诫：年度考核确定为不称职"]),
        (["circular"], before("circular"), []),
    ],
)
def test_the_scheme_of_the_city_counts_each_form(codes, past, said):
    assert escalation.consequences("city", codes, past) == said


@pytest.mark.parametrize(
    ("times", "begins"),
    [(0, "一年内第1次：作出书面检查，取消评优"), (1, "一年内第2次：取消年度奖金"), (2, "一年内第3次：停职检查"),
     (3, "一年内第4次：停职检查")],
)  # fmt: skip
def test_the_scheme_of_the_county_counts_cases(times, begins):
    [said] = escalation.consequences("county", ["talk"], before(*["talk"] * times))

    assert said.startswith(begins)


def test_what_a_form_means_for_the_assessment_of_the_year():
    codes = ["admonish", "apologise", "circular", "demerit"]
    ranks = [sanctions.BY_CODE[code].rank for code in codes]

    assert escalation.effects(codes, ranks) == [
        "当年年度考核不得评为优秀",
        "当年年度考核不得评为称职以上等次",
        "当年年度考核确定为不称职",
    ]


def occasion(case) -> list[int]:
    return earlier.occasions_of(case, earlier.day_of(case))


def test_the_same_person_is_counted_within_a_year_however_the_name_is_typed(cast):
    for year, month, day in ((2025, 3, 1), (2025, 3, 3), (2025, 12, 1)):
        with build.on(year, month, day):
            build.in_effect(cast, "admonish")
    build.in_effect(cast, "admonish", persons=("别人",))
    build.in_effect(cast, "admonish", unit=cast.other_unit)
    with build.on(2026, 3, 2):
        case = build.registered(cast, persons=("欧阳　若 愚",))

    assert occasion(case) == [
        3
    ]  # of 3 March and 1 December; what was decided on 1 March lies beyond the year
    entry = Entry.objects.about(case).get(verb="register")
    assert entry.detail["occasions"] == [3]


@pytest.mark.parametrize(("month", "day", "times"), [(3, 2, 1), (3, 3, 2)])
def test_a_year_is_counted_from_the_day_after(cast, month, day, times):
    with build.on(2025, month, day):
        build.in_effect(cast, "admonish")
    case = build.decided(cast, "admonish")

    assert (occasion(case), Entry.objects.about(case).get(verb="decide").detail["occasions"]) == (
        [times],
        [times],
    )


def test_what_was_only_proposed_or_is_given_up_does_not_count(cast, discipline):
    build.proposed(cast, "admonish")
    earlier_case = build.decided(cast, "admonish")
    case = build.registered(cast)
    assert occasion(case) == [2]

    actions.terminate(case=earlier_case, by=discipline, reason="另案处理")
    assert occasion(case) == [1]


def unit_loses(case) -> str:
    return earlier.unit_loses(earlier.year_of_unit(case, earlier.day_of(case)))


def test_a_unit_loses_its_honours_with_two_person_times(cast):
    case = build.in_effect(cast, "circular", persons=("甲",))
    assert unit_loses(case) == ""
    later = build.in_effect(cast, "warn", persons=("乙",))
    build.in_effect(cast, "circular", persons=())

    assert unit_loses(later) == "一年内通报批评以上两人次以上，单位取消评优资格（已有2人次）"


def test_the_scheme_in_force_is_that_of_the_day_of_the_decision(cast):
    words = {"by": cast.office_head, "reason": "按县区办法执行"}
    schemes.set_scheme(since=dt.date(2026, 3, 10), scheme="county", **words)

    days = [dt.date(2026, 3, 9), dt.date(2026, 3, 10)]
    assert [EscalationRule.objects.scheme_on(day) for day in days] == ["city", "county"]
    for since, why in ((dt.date(2026, 3, 1), "不能早于今天"), (dt.date(2026, 3, 10), "该日已设定过办法")):
        with pytest.raises(ValidationError, match=why):
            schemes.set_scheme(since=since, scheme="city", **words)


# Names


@pytest.mark.parametrize("name", ["欧阳若愚", "欧阳　若愚", " 欧 阳若愚\t"])
def test_one_name_has_one_key(name):
    assert key_of(name) == key_of("欧阳若愚")


def test_dots_between_parts_of_a_name_do_not_matter_and_other_names_have_other_keys():
    assert key_of("阿依古丽·买买提") == key_of("阿依古丽•买买提") == key_of("阿依古丽．买买提")
    assert key_of("张三") != key_of("张四")
    assert key_of("　") == ""


def test_the_key_is_not_the_hash_that_anybody_could_make(settings):
    first = key_of("张三")
    settings.SANWEI_AUDIT_KEY = "another secret of the record, long enough"

    assert (len(first), key_of("张三") == first) == (64, False)


def test_the_usual_limit_of_a_hearing_is_five_working_days(db):
    assert hearing.usual_limit(build.TODAY) == dt.date(2026, 3, 9)
