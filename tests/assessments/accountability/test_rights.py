"""Who may, who sees, and that a name stands nowhere for anybody else: pages, desk, search, messages, mails, the record."""

import io
import json

import pytest
from django.core import mail
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from assessments.accountability import access, actions, fault_notices
from assessments.accountability.models import AccountabilityCase
from sanwei.core import search
from sanwei.core.accounts.models import User
from sanwei.core.audit.models import Entry
from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import write_next
from sanwei.core.notifications import relay
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage
from sanwei.core.search.models import SearchEntry
from tests import make
from tests.assessments.accountability import build
from tests.post import tell_all

HANDLERS = ["office_head", "discipline"]
PEOPLE = [
    "clerk", "head", "lead", "stranger", "other_head", "officer", "office_head", "leader", "inspector", "discipline",
]  # fmt: skip
LIST = "/assessments/accountability/"


@pytest.fixture
def people(cast, discipline) -> dict:
    return {who: discipline if who == "discipline" else getattr(cast, who) for who in PEOPLE}


def browse(client, user, path):
    client.force_login(user)
    return client.get(path)


@pytest.mark.parametrize("verb", [*AccountabilityCase.TRANSITIONS, "sign_notice"])
def test_who_may_take_a_verb(cast, people, verb):
    case = build.told(cast)
    may = getattr(access, f"can_{verb}")
    wanted = {"make_statement": ["head", *HANDLERS], "sign_notice": ["head"]}.get(verb, HANDLERS)

    assert [who for who in PEOPLE if may(people[who], case)] == wanted


@pytest.mark.parametrize(
    ("build_case", "seen"), [(build.verifying, HANDLERS), (build.told, ["head", *HANDLERS])]
)
def test_the_head_sees_a_case_once_the_facts_are_told(cast, people, build_case, seen):
    case = build_case(cast)

    assert [who for who in PEOPLE if case in AccountabilityCase.objects.visible_to(people[who])] == seen


def test_a_head_whose_post_has_ended_sees_nothing(cast):
    build.told(cast)
    cast.head.posts.update(ends_on="2026-03-01")

    assert not AccountabilityCase.objects.visible_to(User.objects.get(pk=cast.head.pk)).exists()


def test_a_head_who_also_handles_cases_is_told_to_keep_away_from_his_own(cast, client):
    case = build.told(cast)
    make.post(cast.head, "discipline")
    client.force_login(User.objects.get(pk=cast.head.pk))

    answer = client.get(f"{LIST}{case.pk}/not_pursue/")
    assert answer.status_code == 403
    assert "应当回避，不能办理本案" in answer.content.decode()
    assert client.get(f"{LIST}{case.pk}/").status_code == 200


def test_a_colleague_who_registers_a_case_of_his_unit_keeps_what_was_typed(cast, client, discipline):
    make.post(discipline, "department_lead", cast.unit)
    client.force_login(discipline)
    words = {"source": "other", "unit": cast.unit.pk, "facts": "窗口离岗", "concerned": "unit"}
    answer = client.post(f"{LIST}register/", {**words, "rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0"})

    page = answer.content.decode()
    assert (answer.status_code, AccountabilityCase.objects.count()) == (422, 0)
    assert "应当回避" in page
    assert "窗口离岗" in page


# What the head is not shown


def test_the_head_reads_neither_clue_nor_source_nor_handlers(cast, client, discipline):
    case = build.with_notice(cast, facts="举报人丙反映", source="complaint", source_label="信访第9号")
    page = browse(client, cast.head, case.get_absolute_url()).content.decode()

    hidden = [
        "举报人丙反映",
        "信访第9号",
        "投诉举报",
        discipline.name,
        "线索登记",
        "查阅记录",
        'id="history"',
    ]
    assert [words for words in hidden if words in page] == []
    assert all(words in page for words in (build.NAME, "审批窗口擅自离岗。", "效能过失〔2026〕1号"))


def test_the_list_of_the_head_tells_no_source_and_holds_no_name(cast, client):
    build.told(cast, source="complaint")
    page = browse(client, cast.head, LIST).content.decode()

    assert "追责〔2026〕1号" in page
    assert "投诉举报" not in page
    assert build.NAME not in page


# Who looked


def test_opening_a_case_or_a_notice_is_on_record_and_no_act(cast, client, discipline):
    case = build.with_notice(cast)
    notice = case.notices.get()
    browse(client, cast.office_head, case.get_absolute_url())
    browse(client, cast.head, f"{case.get_absolute_url()}notices/{notice.pk}/?form=pdf")
    page = browse(client, discipline, case.get_absolute_url()).content.decode()
    looks = browse(client, discipline, f"{case.get_absolute_url()}looks/").content.decode()

    looked = Entry.objects.about(case).filter(verb="look").values_list("actor_name", flat=True)
    assert [*looked] == ["冯涛", "张建国", "刘志强"]
    history = page[page.index('id="history"') :]
    assert all(name in looks for name in ("冯涛", "张建国", "刘志强"))
    assert "查阅" not in history.replace("查阅记录", "")
    assert "查阅" not in browse(client, discipline, "/desk/").content.decode()


# A name as a marker


def an_eventful_case(cast):
    case = build.appealed(cast, "warn", facts=f"{build.NAME}离岗")
    case = build.with_notice(cast, facts=f"{build.NAME}再次离岗")
    actions.not_pursue(
        case=build.told(cast, persons=("乙", build.NAME)), by=case_handler(), reason=build.NAME
    )
    return case


def case_handler():
    return build.disciplinarian()


PAGES = ["/desk/", "/search/?q=欧阳若愚", "/search/?q=追责", "/notifications/", "/units/organisation/", "/dashboard/", LIST,
         f"{LIST}numbers/", f"{LIST}export/", f"{LIST}register/", f"{LIST}scheme/", "/units/rectification/",
         "/units/plans/", "/assessments/bulletins/", "/", "/find/?q=欧阳若愚"]  # fmt: skip


@pytest.mark.parametrize(
    "who", ["clerk", "lead", "stranger", "other_head", "officer", "leader", "inspector", None]
)
def test_neither_name_nor_number_stands_on_any_page_of_others(cast, client, who):
    case = an_eventful_case(cast)
    tell_all()
    if who:
        client.force_login(getattr(cast, who))
    own = [
        f"{case.get_absolute_url()}{rest}" for rest in ("", "propose/", f"notices/{case.notices.get().pk}/")
    ]
    pages = {path: client.get(path, follow=True).content.decode() for path in [*PAGES, *own, f"/units/organisation/{cast.unit.pk}/"]}  # fmt: skip

    told = {path for path, text in pages.items() if build.NAME in text.replace("q=欧阳若愚", "")}
    asked = {path for path in told if "欧阳若愚" in path}  # what was asked comes back in the box
    assert told - asked == set()
    assert [path for path in asked if "追责〔" in pages[path]] == []
    assert [path for path, text in pages.items() if "追责〔" in text] == []


def test_the_numbers_page_of_a_leader_names_nobody(cast, client):
    an_eventful_case(cast)
    page = browse(client, cast.leader, f"{LIST}numbers/").content.decode()

    assert "少于3" in page
    assert build.NAME not in page
    assert cast.unit.name not in page


def test_no_name_leaves_by_messages_mails_search_or_the_record(cast):
    User.objects.update(email="a@example.test")
    case = an_eventful_case(cast)
    actions.look(case=case, by=cast.office_head)
    tell_all()
    OutboxMessage.objects.update(due_at="2026-03-01T00:00:00Z")
    relay.deliver(limit=1000, seconds=60)

    rows = {
        "messages": [*Notification.objects.values("title", "body", "url")],
        "announcements": [*Announcement.objects.values("title", "body", "key")],
        "search": [*SearchEntry.objects.values("title", "terms")],
        "record": [*Entry.objects.values("object_label", "detail")],
        "mails": [f"{sent.subject}{sent.body}" for sent in mail.outbox],
    }
    assert len(mail.outbox) > 3
    assert {
        kind for kind, found in rows.items() if build.NAME in json.dumps(found, ensure_ascii=False)
    } == set()


def test_search_finds_a_case_by_number_and_unit_for_those_who_may_see_it(cast, client, discipline):
    case = build.told(cast)
    cases = AccountabilityCase.objects

    assert search.find("追责〔2026〕1号", cases.visible_to(discipline)) == [case]
    assert search.find(cast.unit.name, cases.visible_to(cast.head)) == [case]
    assert search.find("追责〔2026〕1号", cases.visible_to(cast.officer)) == []
    assert search.find(build.NAME, cases.visible_to(discipline)) == []
    assert "追责〔2026〕1号" in browse(client, discipline, "/search/?q=追责〔2026〕1号").content.decode()


# Papers


def test_a_notice_says_what_it_must_and_carries_no_names_of_handlers(cast, client, discipline):
    case = build.with_notice(cast)
    notice = case.notices.get()
    fault_notices.sign_notice(notice=notice, by=cast.head)
    path = f"{case.get_absolute_url()}notices/{notice.pk}/"
    pdf = browse(client, cast.head, f"{path}?form=pdf")
    word = Document(io.BytesIO(b"".join(client.get(f"{path}?form=docx").streaming_content)))
    file = PdfReader(io.BytesIO(b"".join(pdf.streaming_content)))
    text = "".join("".join(page.extract_text() for page in file.pages).split())

    for words in (
        "行政效能过失通知单",
        "欧阳若愚（审批科科长）",
        "六办发〔2006〕14号",
        "第五条第二项",
        "通报批评",
        "张建国",
    ):
        assert words in text
    assert discipline.name not in text
    assert {key: str(value) for key, value in file.metadata.items() if key in ("/Author", "/Creator")} == {
        "/Author": "市直创建“三型机关”领导组办公室", "/Creator": "Sanwei",
    }  # fmt: skip
    assert build.NAME not in str(file.metadata)
    assert (word.core_properties.author, word.core_properties.last_modified_by) == ("Sanwei", "")
    assert "欧阳" not in pdf["Content-Disposition"]


# The register (T14)


def test_the_register_asks_why_and_is_on_record(cast, client, discipline):
    build.in_effect(cast, "circular", "transfer", persons=("甲", "乙"))
    build.registered(cast, persons=())
    client.force_login(discipline)
    asked = client.get(f"{LIST}export/")
    assert "请写明理由" in asked.content.decode()
    assert client.post(f"{LIST}export/", {"reason": " "}).status_code == 422
    page = client.post(f"{LIST}export/", {"reason": "报市纪委备案"})
    write_next()

    book = load_workbook(io.BytesIO(b"".join(client.get(f"{page['Location']}download/").streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    heads = [
        "编号",
        "单位",
        "姓名",
        "职务",
        "线索来源",
        "事实",
        "追究方式",
        "决定机关",
        "决定文号",
        "决定日期",
        "影响期止",
    ]
    assert heads in rows
    named = [row[:4] + row[6:7] for row in rows if str(row[0]).startswith("追责")]
    assert named == [
        ["追责〔2026〕2号", "市发展改革委", "—", "单位", None],
        ["追责〔2026〕1号", "市发展改革委", "甲", "审批科科长", "通报批评、建议调整（调离）工作岗位、待岗"],
        ["追责〔2026〕1号", "市发展改革委", "乙", "审批科科长", "通报批评、建议调整（调离）工作岗位、待岗"],
    ]
    entry = Entry.objects.get(verb="ask_export")
    assert (entry.detail["reason"], entry.detail["rows"]) == ("报市纪委备案", 3)


def test_who_has_lost_the_post_gets_no_register(cast, client, discipline):
    build.in_effect(cast)
    client.force_login(discipline)
    client.post(f"{LIST}export/", {"reason": "备案"})
    discipline.posts.update(ends_on="2026-03-01")
    write_next()

    assert Export.objects.get().state == "failed"
