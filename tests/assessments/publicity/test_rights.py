"""Who may, who sees but may not, and the stranger, for every verb of an exposure and of a case; who reads names."""

import pytest
import time_machine

from assessments.publicity.cases import access as case_access
from assessments.publicity.cases import actions as cases
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures import access as exposure_access
from assessments.publicity.exposures.models import Exposure
from tests import make
from tests.cast import beijing

OFFICE = ["office_head", "officer"]
PEOPLE = [
    "clerk", "head", "lead", "stranger", "other_head", "officer", "office_head", "leader", "inspector", "press",
    "colleague", "judge", "keeper",
]  # fmt: skip
# verb → who may press it on an exposure of unit A that 孙悦 of the press entered
OF_EXPOSURE = {
    "edit": [*OFFICE, "press"],
    "cancel": [*OFFICE, "press"],
    "attach": ["clerk", "head", *OFFICE, "press"],
    "explain": ["head"],
    "verify": OFFICE,
    "disprove": OFFICE,
    "reconsider": OFFICE,
    "open_task": OFFICE,
    "link_finding": OFFICE,
    "reply": ["colleague", *OFFICE, "press"],
    "propose": ["colleague", *OFFICE, "press"],
    "refuse": OFFICE,
    "publish": OFFICE,
    "withdraw": OFFICE,
    "see_people": ["head", "leader", *OFFICE, "press"],
}
# verb → who may press it on a case that unit A sends in
OF_CASE = {
    "edit": ["clerk"],
    "attach": ["clerk"],
    "request_signature": ["clerk"],
    "submit": ["clerk"],  # and is told that the head has to sign (hindrance)
    "sign": ["head"],
    "hand_back": ["head"],
    "take_back": ["head"],
    "start_editing": OFFICE,
    "revise": OFFICE,
    "adopt": OFFICE,
    "return_for_revision": OFFICE,
    "reject": OFFICE,
    "propose": OFFICE,
    "refuse": OFFICE,
    "publish": OFFICE,
    "withdraw": OFFICE,
    "see_people": ["clerk", "head", "leader", *OFFICE],
    "see_versions": ["clerk", "head", "leader", *OFFICE],
    "see_workings": ["clerk", "head", "inspector", "leader", *OFFICE],
}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


@pytest.fixture
def people(cast) -> dict:
    more = {"press": make.holder("press", "孙悦"), "colleague": make.holder("press", "何欢")}
    more |= {"judge": make.holder("judge"), "keeper": make.holder("system_admin")}
    return {name: more.get(name) or getattr(cast, name) for name in PEOPLE}


def those(people, may, row) -> list[str]:
    return sorted(name for name, user in people.items() if may(user, row))


@pytest.mark.parametrize("verb", OF_EXPOSURE)
def test_who_may_take_a_verb_on_an_exposure(cast, people, verb):
    exposure = make.exposure(cast.campaign, cast.unit, people["press"])

    assert those(people, getattr(exposure_access, f"can_{verb}"), exposure) == sorted(OF_EXPOSURE[verb])


@pytest.mark.parametrize("verb", OF_CASE)
def test_who_may_take_a_verb_on_a_case_of_a_unit(cast, people, verb):
    assert those(people, getattr(case_access, f"can_{verb}"), make.model_case(cast)) == sorted(OF_CASE[verb])


def test_a_case_from_the_press_is_the_press_s_and_the_unit_does_not_touch_it(cast, people):
    case = make.model_case(cast, by=people["press"], from_press=True)
    for verb in ("edit", "submit", "take_back"):
        assert those(people, getattr(case_access, f"can_{verb}"), case) == ["colleague", "press"]
    assert those(people, case_access.can_sign, case) == []


def test_every_verb_of_the_tables_has_its_rights():
    assert set(Exposure.TRANSITIONS) - set(OF_EXPOSURE) == set()
    assert set(ModelCase.TRANSITIONS) - set(OF_CASE) == set()


def seen_by(people, row) -> list[str]:
    return sorted(name for name, user in people.items() if row in type(row).objects.visible_to(user))


def test_who_sees_an_exposure(cast, people):
    exposure = make.exposure(cast.campaign, cast.unit, people["press"])
    every = ["clerk", "colleague", "head", "inspector", "leader", "office_head", "officer", "press"]

    assert seen_by(people, exposure) == every


def test_who_sees_a_case_at_each_step(cast, people):
    unit, watchers = ["clerk", "head"], ["inspector", "leader", "office_head", "officer"]
    everybody = sorted(set(PEOPLE) - {"keeper"})

    assert seen_by(people, make.model_case(cast)) == unit
    sent_in = make.submitted_case(cast)
    assert seen_by(people, sent_in) == sorted(unit + watchers)
    returned = cases.return_for_revision(case=sent_in, by=cast.officer, reason="补数据")
    assert seen_by(people, returned) == sorted(unit + watchers)
    assert seen_by(people, make.published_case(cast)) == everybody
    assert seen_by(people, make.withdrawn_case(cast)) == sorted(unit + watchers)
    of_press = make.model_case(cast, by=people["press"], from_press=True)
    assert seen_by(people, of_press) == ["colleague", "press"]
    of_press = cases.submit(case=of_press, by=people["press"])
    assert seen_by(people, of_press) == sorted([*unit, *watchers, "colleague", "press"])


@pytest.mark.parametrize("who", PEOPLE)
def test_names_are_read_by_those_who_have_to_know_them(cast, people, client, who):
    """On the page, in the paper and in the workbook alike; everywhere else stands the surname only."""
    exposure = make.verified_exposure(cast)
    client.force_login(people[who])
    if exposure not in Exposure.objects.visible_to(people[who]):
        assert client.get(exposure.get_absolute_url()).status_code == 404
        return
    path = exposure.get_absolute_url()
    page = client.get(path).content.decode() + client.get(f"{path}print/").content.decode()
    knows = who in ("officer", "office_head", "leader", "head")

    assert [name in page for name in ("张三", "欧阳修", "13812345678")] == [knows] * 3
    assert "张三" not in client.get("/search/?q=态度生硬").content.decode()
    assert exposure.get_absolute_url() not in client.get("/search/?q=张三").content.decode()
    assert ("张三" in client.get("/assessments/exposures/").content.decode()) == knows
