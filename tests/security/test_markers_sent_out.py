"""The markers again, where words leave the house: mails, PDFs, Word files, workbooks, numbers for charts (INJ-03)."""

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from docx import Document
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from assessments.accountability.models import FaultNotice
from sanwei.core.exports.writing import write_next
from sanwei.core.notifications import relay
from sanwei.core.notifications.models import OutboxMessage
from sanwei.core.ui.charts import Chart, Series
from tests import make
from tests.rights.test_matrix import MATRIX, named
from tests.security.markers import marked_city, marker
from tests.security.test_markers import Reader, shown
from tests.security.workflows import NOW
from units.plans import actions as plans
from units.plans.models import Plan
from units.rectification import counting

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # files that are made of words, whatever they lay in
ACTIVE = {
    "/JS",
    "/JavaScript",
    "/OpenAction",
    "/AA",
    "/A",
    "/Annots",
    "/URI",
    "/Launch",
    "/EmbeddedFiles",
    "/AcroForm",
}
STARTS_A_FORMULA = "=+-@\t\r"


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(NOW, tick=False):
        yield


def formula(number: int, room=None) -> str:
    """Text that a spreadsheet would run, beginning in each of the four ways."""
    return f"{'=+-@'[number % 4]}1+{number}+"


def reader_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def faulty(files: dict, faults_of) -> dict:
    """address → what `faults_of` finds in the file; sound ones are left out."""
    found = {address: faults_of(content) for address, content in files.items()}
    return {address: faults for address, faults in found.items() if faults}


def bytes_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# Mail


def test_inj_03_a_mail_is_plain_text_whatever_stands_in_it(cast):
    marked_city(cast)
    plans.urge(plans=Plan.objects.filter(pk=cast.other_plan.pk), by=cast.officer)
    get_user_model().objects.update(email="lf@example.test", phone="")
    OutboxMessage.objects.update(due_at=NOW)
    relay.deliver(limit=1000, seconds=60)

    assert len(mail.outbox) > 3
    for sent in mail.outbox:
        parsed = sent.message()
        assert (parsed.get_content_type(), parsed.is_multipart(), sent.attachments) == (
            "text/plain",
            False,
            [],
        )
        assert {*parsed.keys()} == {
            "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
        }  # fmt: skip
    assert len(set().union(*(shown(sent.subject + sent.body) for sent in mail.outbox))) >= 2


# Papers


def active_parts(content: bytes) -> set[str]:
    """Names of what a PDF could do by itself or at a click, anywhere in the file."""
    reader = PdfWriter(
        clone_from=io.BytesIO(content)
    )  # a writer counts every object, also what no page leads to
    return set().union(*map(names_in, reader._objects))


def names_in(thing) -> set[str]:
    """The suspicious names in one object and in what it holds itself; what it points to is an object of its own."""
    if isinstance(thing, DictionaryObject):
        return (ACTIVE & {*thing}).union(*map(names_in, thing.values()))
    return set().union(*map(names_in, thing)) if isinstance(thing, ArrayObject) else set()


def words_of_pdf(content: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def papers_of(cast, form: str) -> dict[str, bytes]:
    """address → the file, of every paper the house sets."""
    plan = Plan.objects.get(pk=cast.plan.pk)
    bulletin = plan.campaign.bulletins.get(state="published")
    own = f"/units/plans/{plan.pk}"
    asked = {f"{own}/print/", f"/assessments/bulletins/{bulletin.pk}/print/"}
    if form == "pdf":
        asked |= {f"{own}/versions/1/receipt/", f"/bulletins/{bulletin.public_id}/"}
    client = reader_of(cast.officer)
    found = {address: bytes_of(client.get(address, {"form": form})) for address in asked}
    notice = FaultNotice.objects.get()
    address = f"/assessments/accountability/{notice.case_id}/notices/{notice.pk}/"
    return found | {address: bytes_of(reader_of(cast.office_head).get(address, {"form": form}))}


def test_inj_03_a_pdf_holds_markers_as_text_and_nothing_that_acts(cast):
    papers = papers_of(marked_city(cast), "pdf")

    assert faulty(papers, active_parts) == {}
    assert [address for address, content in papers.items() if "<xss-" not in words_of_pdf(content)] == []


def test_inj_03_control_a_pdf_that_acts_is_seen():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    out = io.BytesIO()
    writer.write(out)

    assert active_parts(out.getvalue()) == {"/OpenAction", "/JS"}


def faults_of_package(content: bytes) -> list[str]:
    """Elements of ours that became markup, references outside, and field codes other than the page's number."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for element in ElementTree.fromstring(package.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                if tag.startswith("xss") or element.get("TargetMode") == "External":
                    found.append(f"{name}: {tag}")
                if tag == "instrText" and element.text != "PAGE":
                    found.append(f"{name}: {element.text}")
                if tag == "f":
                    found.append(f"{name}: formula {element.text}")
    return found


def test_inj_03_a_word_file_holds_markers_as_text(cast):
    papers = papers_of(marked_city(cast), "docx")

    assert faulty(papers, faults_of_package) == {}
    texts = [
        "".join(p.text for p in Document(io.BytesIO(content)).element.body.iter() if p.text)
        for content in papers.values()
    ]
    assert [len(shown(text)) > 1 for text in texts] == [True] * len(papers)


# Workbooks


def workbooks_of(cast) -> dict[str, bytes]:
    """address → the file, of every export and form of the house, as read by whoever may read most."""
    people = {"office_head": cast.office_head, "officer": cast.officer, "clerk": cast.clerk}
    people["auditor"] = make.holder("audit_admin")
    counting.count()  # the board knows a unit once its tasks are counted
    draft = make.write_plan(make.plan(make.campaign(2025, state="archive"), cast.unit), cast.clerk)
    bulletin = cast.campaign.bulletins.get(state="published")
    places = {"units/plans/<int:pk>": draft.pk, "assessments/bulletins/<int:pk>": bulletin.pk}
    found = {}
    for path, row in MATRIX.items():
        if not path.endswith((".xlsx", "export/")) or row["get"] == "405":
            continue
        who = next(name for name in people if name in named(row["get"]))
        place = next((str(key) for start, key in places.items() if path.startswith(start)), "2026")
        client, address = reader_of(people[who]), "/" + re.sub(r"<[^>]*>", place, path)
        answer = client.get(address)
        assert answer.status_code == 200, path
        found[path] = bytes_of(answer if answer.get("Content-Disposition") else asked_for(client, address))
    return found


def asked_for(client, address):
    """The file of a list that always asks why."""
    page = client.post(address, {"reason": marker(1)})
    write_next()
    return client.get(f"{page['Location']}download/")


def cells_of(content: bytes):
    return [cell for page in load_workbook(io.BytesIO(content)) for row in page.iter_rows() for cell in row]


def faults_of_workbook(content: bytes) -> list[str]:
    """Cells that Excel would calculate now, or after somebody saved them as CSV and opened that."""
    texts = [cell for cell in cells_of(content) if isinstance(cell.value, str)]
    starting = [cell.coordinate for cell in texts if cell.value[:1] in STARTS_A_FORMULA and cell.value]
    return (
        starting
        + [cell.coordinate for cell in texts if cell.data_type != "s" or cell.hyperlink]
        + faults_of_package(content)
    )


def test_inj_03_no_export_holds_a_formula_whatever_is_stored(cast):
    books = workbooks_of(marked_city(cast, formula))

    assert len(books) >= 10
    assert faulty(books, faults_of_workbook) == {}
    defused = {
        path
        for path, content in books.items()
        if any(str(cell.value)[:1] == "'" for cell in cells_of(content))
    }
    assert {path for path in books if path.endswith("export/")} <= defused


def test_inj_03_no_export_lets_a_marker_become_markup(cast):
    books = workbooks_of(marked_city(cast))

    assert faulty(books, faults_of_package) == {}


def test_inj_03_control_a_formula_is_seen():
    book, out = Workbook(), io.BytesIO()
    book.active.append(["=1+1", "@SUM(A1)"])
    book.save(out)

    assert (
        len(faults_of_workbook(out.getvalue())) == 4
    )  # both begin one; the first is one, for the cell and in the file


# Numbers for charts


def test_inj_03_the_numbers_of_a_chart_stay_numbers():
    words = (marker(1), "</script><script>alert(1)</script>", "<!--<script>")
    chart = Chart("k", marker(2), "bar", marker(3), words, (Series(marker(4), (1, 2, 3)),), unit=marker(5))

    page = render_to_string("ui/_chart.html", {"chart": chart})

    [numbers] = re.findall(r"<script[^>]*application/json[^>]*>(.*?)</script>", page, re.DOTALL)
    assert json.loads(numbers)["labels"] == [*words]
    assert ("<" in numbers, Reader(page).wrong, page.count("<script")) == (False, [], 1)


def test_inj_03_an_answer_to_the_autosave_is_read_as_data_only(cast):
    answer = reader_of(cast.clerk).post(
        f"/units/plans/{cast.plan.pk}/edit/experience/",
        {"text": marker(1) * 9000},
        headers={"X-Autosave": "1"},
    )

    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        422, "application/json", "nosniff",
    )  # fmt: skip
