"""Who inspects, and what is still secret, never reaches the people of a unit: every answer they can get is searched."""

import io
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from assessments.inspections.findings import actions, deciding
from assessments.inspections.models import Evidence, Finding
from assessments.inspections.planning import actions as planning
from sanwei.core.attachments.actions import attach
from sanwei.core.attachments.models import Attachment
from sanwei.core.notifications.models import Notification, OutboxMessage
from sanwei.core.roles import Role
from tests import make
from tests.assessments.inspections import build
from tests.cast import beijing
from tests.core.attachments.corpus import docx
from tests.post import tell_all
from tests.security.test_markers import SEEDS, Reader, kind_of
from units.rectification import actions as tasks
from units.rectification import urging
from units.rectification.models import Task

NOON = beijing(2026, 3, 4, 12)
ONE, OTHER, GUEST, PLAN = "欧阳慕白", "司徒静安", "上官代表", "绝密主题雪豹行动"
HIDDEN = (ONE, OTHER, GUEST, PLAN)
EACH = 3  # pages of a kind that are asked
ASKED = [f"/search/?q={word}" for word in (*HIDDEN, "窗口", "督查")]


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def inspected(cast):
    """Findings in every state, tasks touched by an inspector with every verb he has, evidence and papers of his; and an
    inspection of the unit that is still secret."""
    cast.inspector = make.holder(Role.INSPECTOR, ONE)
    second = make.holder(Role.INSPECTOR, OTHER)
    team = {"team": [cast.inspector, second], "leader": cast.inspector, "guests": [GUEST]}
    where = build.under_way(cast, theme=PLAN, **team)
    words = {"inspection": where, "witnesses": [second]}
    build.finding(cast, **words)
    build.notified(cast, **words)
    build.objected(cast, **words)
    deciding.dismiss(finding=build.objected(cast, **words), by=cast.office_head, decision="监控为证")
    deciding.uphold(finding=build.objected(cast, **words), by=cast.office_head, decision="事实清楚")
    accepted = actions.accept(finding=build.notified(cast, **words), by=cast.head)
    for finding in Finding.objects.all():
        shown = SimpleUploadedFile("现场照片.docx", docx(f"照片{finding.pk}"))
        attach(finding, shown, cast.inspector)
        attach(
            finding.evidence, SimpleUploadedFile("原始证据.docx", docx(f"原始{finding.pk}")), cast.inspector
        )
    work_on(Task.objects.get(source_key=f"finding:{accepted.pk}:1"), cast)
    build.under_way(cast, theme=PLAN, **team)
    tell_all()
    return cast


def work_on(task, cast) -> None:
    """Every verb on a task that inspectors have."""
    task = tasks.sign_for(task=task, by=cast.clerk)
    urging.urge(task=task, by=cast.inspector, colour="blue", due_on=task.due_on)
    task = tasks.report_done(task=Task.objects.get(pk=task.pk), by=cast.clerk, result="已整改")
    task = tasks.confirm(task=task, by=cast.head)
    task = tasks.send_back(task=task, by=cast.inspector, reason="佐证不足", due_on=task.due_on)
    task = tasks.report_done(task=task, by=cast.clerk, result="已补充")
    task = tasks.confirm(task=task, by=cast.head)
    tasks.verify(task=task, by=cast.inspector, conclusion="solved")


def words_of(answer) -> str:
    """Everything that can be read in an answer: pages, JSON, PDFs with their properties, Word and Excel files whole."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        file = PdfReader(io.BytesIO(content))
        return "\n".join([*(page.extract_text() for page in file.pages), str(dict(file.metadata or {}))])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return content.decode("utf-8", "replace")


def answers(user) -> dict[str, str]:
    """Address → words of every answer `user` gets by following whatever is shown, files included."""
    client, found, often = Client(), {}, {}
    client.force_login(user)
    waiting = [*SEEDS, *ASKED]
    while waiting:
        address = waiting.pop(0).split("#")[0]
        kind = f"{kind_of(address) or address.partition('?')[0]}{address.partition('?')[2][:8]}"
        ours = address.startswith(("/", "?")) and not address.startswith(("//", "/static/"))
        if not ours or address in found or often.get(kind, 0) >= EACH or "sign_out" in address:
            continue
        often[kind] = often.get(kind, 0) + 1
        answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
            continue
        found[address] = words_of(answer)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            here = address.partition("?")[0]
            links = Reader(found[address]).links
            waiting += [f"{here}{link}" if link.startswith("?") else link for link in links]
    return found


def given_away(found: dict[str, str]) -> list[tuple[str, str]]:
    """(address, word) where a hidden word stands; a search may repeat what was asked of it, and nothing more."""
    return [
        (address, word)
        for address, words in found.items()
        for word in HIDDEN
        if words.count(word) > (asked_for(word, address, words) if address in ASKED else 0)
    ]


def asked_for(word, address, words) -> int:
    """How often a search page repeats a question to which there is no answer."""
    return words.count(word) if address.endswith(word) and "没有找到" in words else 0


@pytest.mark.once  # a walk past what is drawn; who may see which row is asked on both databases in test_life
@pytest.mark.parametrize("who", ["clerk", "head", "lead", "stranger"])
def test_nothing_that_people_of_a_unit_can_get_names_an_inspector(inspected, who):
    found = answers(getattr(inspected, who))

    assert given_away(found) == []
    if who != "stranger":
        assert {address.split("/")[2] for address in found if address.startswith("/assessments/")} >= {
            "findings"
        }
        assert any(address.endswith("form=pdf") for address in found)


@pytest.mark.once
def test_control_the_same_walk_by_the_head_of_the_office_finds_all_of_them(inspected):
    words = {word for _, word in given_away(answers(inspected.office_head))}

    assert words == set(HIDDEN)


def test_no_message_to_a_unit_names_an_inspector(inspected):
    told = [
        *Notification.objects.filter(user__in=[inspected.clerk, inspected.head, inspected.lead]).values_list(
            "title", "body"
        ),
        *OutboxMessage.objects.filter(user__in=[inspected.clerk, inspected.head]).values_list(
            "title", "body"
        ),
    ]

    assert told
    assert [text for pair in told for text in pair for word in HIDDEN if word in text] == []


def test_raw_evidence_is_for_those_who_supervise(inspected, client):
    raw = Attachment.objects.of(Evidence.objects.order_by("pk")[1]).get()
    got = {}
    for who in ("clerk", "head", "lead", "officer", "leader", "inspector", "office_head"):
        client.force_login(getattr(inspected, who))
        got[who] = client.get(f"/attachments/{raw.pk}/").status_code

    assert got == {
        "clerk": 404, "head": 404, "lead": 404, "officer": 404, "leader": 404, "inspector": 200, "office_head": 200,
    }  # fmt: skip


def test_what_the_unit_may_see_of_the_evidence_does_not_say_who_put_it_there(inspected, client):
    finding = Finding.objects.filter(state="notified").get()
    client.force_login(inspected.head)
    page = client.get(finding.get_absolute_url()).content.decode()

    assert "现场照片.docx" in page
    assert (ONE in page, "上传" in page.split('id="papers"')[1].split("</ul>")[0]) == (False, False)


def test_a_secret_inspection_is_no_more_there_than_one_that_never_was(inspected, client):
    finding = Finding.objects.filter(state="recorded").get()
    for who in ("clerk", "head", "lead"):
        client.force_login(getattr(inspected, who))
        assert client.get(finding.get_absolute_url()).status_code == 404
        assert client.get(finding.inspection.get_absolute_url()).status_code in (403, 404)


def test_who_found_it_is_hidden_also_where_it_was_the_head_of_the_office(cast, client):
    """And from somebody who looks at all units but belongs to this one."""
    where = build.under_way(cast)
    words = {
        "unit": cast.unit,
        "place": "3号窗口",
        "found_at": NOON,
        "method": "announced",
        "item": build.item(),
    }
    words |= {"severity": "minor", "facts": "窗口无人", "witnesses": [build.second_inspector()]}
    finding = actions.file(inspection=where, by=cast.office_head, **words)
    finding = actions.notify(finding=finding, by=cast.office_head)
    both = make.post(make.officer("双岗"), Role.UNIT_CLERK, cast.unit).user
    named = {}
    for who, user in {"head": cast.head, "both": both, "leader": cast.leader}.items():
        client.force_login(user)
        page = client.get(finding.get_absolute_url()).content.decode()
        named[who] = "刘志强" in page.split('id="history"')[1]

    assert named == {"head": False, "both": False, "leader": True}


def test_what_office_and_leaders_may_not_know_is_not_told_by_an_overlap(cast, client):
    done = planning.finish(inspection=build.under_way(cast), by=cast.inspector)
    secret = build.under_way(cast, theme=PLAN)
    both = make.post(make.holder(Role.INSPECTOR, "双岗督查"), Role.UNIT_CLERK, cast.unit).user
    told = {}
    for who, user in {
        "officer": cast.officer,
        "leader": cast.leader,
        "both": both,
        "inspector": cast.inspector,
    }.items():
        client.force_login(user)
        page = client.get(done.get_absolute_url()).content.decode()
        told[who] = (PLAN in page, secret.number in page)

    nothing, all_of_it = (False, False), (True, True)
    assert told == {"officer": nothing, "leader": nothing, "both": nothing, "inspector": all_of_it}
