"""Before the public: no name, no number of anybody, nothing that was withdrawn, and nothing before two have approved."""

import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures import actions as exposures
from assessments.publicity.exposures.models import Exposure
from sanwei.core.attachments.actions import attach
from tests import make
from tests.cast import beijing
from tests.core.attachments.corpus import docx
from tests.house.test_doors import OPEN_TO_ALL

SECRETS = ("张三", "欧阳修", "李四", "13812345678", "3331234")
TEXTS = {
    Exposure: ("title", "summary", "reply", "correction"),
    ModelCase: ("title", "practice", "effect", "replicability", "source", "correction"),
}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


def words_of(answer) -> str:
    """What a page says, without the blanks between its characters and lines; of a PDF, what is printed and its head."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not content.startswith(b"%PDF"):
        return re.sub(r"\s", "", content.decode())
    reader = PdfReader(io.BytesIO(content))
    printed = "".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s", "", printed + str(reader.metadata) + answer["Content-Disposition"])


def addresses(*rows) -> list[str]:
    """Every public address, with each of these rows in its place, as a page and as a PDF."""
    plain = [f"/{path}" for path in OPEN_TO_ALL if "<" not in path and "sign" not in path]
    found = [*plain, "/find/?q=窗口", "/cases/?kind=service", "/cases/?year=2026", "/find/?q=更正"]
    for row in rows:
        place = "exposures" if isinstance(row, Exposure) else "cases"
        found += [f"/{place}/{row.public_id}/", f"/{place}/{row.public_id}/?form=pdf"]
    return found


def everything(client, *rows) -> dict[str, str]:
    return {address: words_of(client.get(address)) for address in addresses(*rows)}


def test_no_public_page_says_a_name_or_a_number(cast, client):
    rows = [make.published_exposure(cast), make.published_case(cast)]
    rows += [make.withdrawn_exposure(cast, title="张三再次被曝光"), make.withdrawn_case(cast)]
    pages = everything(client, *rows)

    assert {address: word for address, said in pages.items() for word in SECRETS if word in said} == {}
    assert "办事大厅张某某态度生硬" in pages["/exposures/"]
    assert "张某某、欧阳某某推诿，联系电话138****5678" in pages[f"/exposures/{rows[0].public_id}/"]
    assert "窗口负责人李某某带头" in pages[f"/cases/{rows[1].public_id}/?form=pdf"]


NAMES = st.text("张王李赵欧阳司马三四五明芳䶮𠮷", min_size=2, max_size=4)
SPACED = st.sampled_from(["", " ", "　", "\n"])


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, gap=SPACED, around=st.text("的在了，。x1 ", max_size=5))
def test_whatever_the_name_and_wherever_it_stands_no_public_page_says_it(drawn, client, name, gap, around):
    """Generated: every text of a published and of a withdrawn record holds the name, as people spread it."""
    for row in drawn:
        spread = f"{row.pk}、{around}{gap.join(name)}{around}电话13900001111"
        columns = {
            field: spread[:100] for field in TEXTS[type(row)] if field != "correction" or row.correction
        }
        type(row).objects.filter(pk=row.pk).update(persons=f"{name} 科长", **columns)
    pages = everything(client, *drawn)

    assert [address for address, said in pages.items() if name in said or "13900001111" in said] == []


@pytest.fixture
def drawn(cast):
    shown = [make.published_exposure(cast), make.published_case(cast)]
    return [*shown, make.withdrawn_exposure(cast, title="另一件"), make.withdrawn_case(cast)]


def test_nothing_is_public_before_two_have_approved(cast, client):
    rows = [make.exposure(cast.campaign, cast.unit, cast.officer), make.verified_exposure(cast, title="二")]
    rows += [make.proposed_exposure(cast, title="三"), make.model_case(cast), make.submitted_case(cast)]
    rows += [make.adopted_case(cast), make.proposed_case(cast)]
    paths = [path for path in addresses(*rows) if any(str(row.public_id) in path for row in rows)]

    assert {client.get(path).status_code for path in paths} == {404}
    assert "暂无公开的曝光和回应" in client.get("/exposures/").content.decode()
    assert "暂无公开的典型案例" in client.get("/cases/").content.decode()
    assert "没有找到" in client.get("/find/?q=态度生硬").content.decode()


def test_what_was_withdrawn_is_a_correction_at_the_same_address_and_nowhere_else(cast, client):
    exposure, case = make.published_exposure(cast), make.published_case(cast)
    assert "态度生硬" in words_of(client.get("/find/?q=态度生硬"))
    words = {"correction": "张三一事有误，特此更正。", "reason": "有误"}
    exposures.withdraw(exposure=exposure, by=cast.officer, **words)
    withdrawn = make.withdrawn_case(cast, title="另一例")
    page = client.get(f"/exposures/{exposure.public_id}/")

    assert page.status_code == 200
    assert "张某某一事有误，特此更正。" in page.content.decode()
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert "所列数据有误" in client.get(f"/cases/{withdrawn.public_id}/?form=pdf").content.decode()
    for word in ("态度生硬", "推诿", "批评教育", "皖西日报", "news.example.com"):
        assert [
            path for path, said in everything(client, exposure).items() if word in said and "q=" not in path
        ] == []
    assert "更正说明（2026年3月2日公开的答复）" in client.get("/exposures/").content.decode()
    assert "没有找到" in client.get("/find/?q=态度生硬").content.decode()
    assert [*ModelCase.objects.public().standing()] == [case]


def test_cases_are_found_by_kind_and_year(cast, client):
    first = make.published_case(cast)
    other = make.published_case(cast, kind="learning", title="周学习制度")

    def titles(query) -> list:
        return [*client.get(f"/cases/{query}").context["page"]]

    assert titles("") == [other, first]
    assert titles("?kind=service") == [first]
    assert titles("?year=2026&kind=learning") == [other]
    assert titles("?year=2025") == []
    assert titles("?kind=<script>") == [other, first]
    assert "没有这一类的案例" in client.get("/cases/?kind=innovation").content.decode()


def test_a_link_of_another_kind_is_never_a_link(cast, client):
    row = make.published_exposure(cast)
    good = client.get(f"/exposures/{row.public_id}/").content.decode()
    Exposure.objects.update(link="javascript:alert(1)")
    client.force_login(cast.officer)
    pages = [
        client.get(path).content.decode() for path in (f"/exposures/{row.public_id}/", row.get_absolute_url())
    ]

    assert 'href="https://news.example.com/a/1" target="_blank" rel="noopener noreferrer nofollow"' in good
    assert [page for page in pages if 'href="javascript' in page] == []


def test_the_scan_is_never_public(cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = make.published_exposure(cast)
    paper = attach(row, SimpleUploadedFile("版面.docx", docx("张三")), cast.officer)
    case = make.published_case(cast)
    of_case = attach(case, SimpleUploadedFile("数据.docx", docx("李四")), cast.clerk)

    assert client.get(f"/attachments/{paper.pk}/").status_code == 404
    assert client.get(f"/attachments/{of_case.pk}/").status_code == 404
    client.force_login(cast.stranger)
    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.get(f"/attachments/{of_case.pk}/").status_code == 404
    assert client.get(f"/attachments/{paper.pk}/").status_code == 404
    client.force_login(cast.clerk)
    assert client.get(f"/attachments/{of_case.pk}/").status_code == 200
    assert client.get(f"/attachments/{paper.pk}/").status_code == 200
