"""What comes out of the printer: no navigation, heads on every sheet, the line for signature and seal."""

import io
import os
import unicodedata
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader

from tests import make
from tests.cast import beijing
from units.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MARCH = beijing(2026, 3, 4, 9, 30)
NEVER_PRINTED = (
    ".bar, .rail, .banner, .columns, .footer, .skip, .verbs, .verbs-line, .anchors, .filter, .tabs, .pager, .list-tools,"
    " .page-primary, .back, .crumbs, .messages, .document-head, .article-tools, .tick, .btn, .upload, .remark-form,"
    " summary, dialog, button, input, select, textarea, form[action*=follow]"
)
SEAL = "(盖章)"


@pytest.fixture
def addresses(cast):
    """A filed and approved plan with forty measures, a bulletin, eighty units."""
    with time_machine.travel(beijing(2026, 2, 25, 9, 30)):
        plan = make.write_plan(
            cast.plan,
            cast.clerk,
            rows=[make.measure_row(title=f"措施{n}：推行一窗受理") for n in range(1, 41)],
        )
        make.in_force(plan, cast)
    units = [make.unit(f"市属第{number}单位") for number in range(80)]
    Plan.objects.bulk_create(
        Plan(campaign=cast.campaign, unit=unit, unit_order=unit.order, due_at=cast.campaign.plan_due_at)
        for unit in units
    )
    with time_machine.travel(MARCH):
        bulletin = make.published_bulletin(cast)
    return {
        "list": "/units/plans/",
        "measures": "/units/plans/measures/",
        "plan": f"/units/plans/{cast.plan.pk}/",
        "plan-print": f"/units/plans/{cast.plan.pk}/print/",
        "receipt": f"/units/plans/{cast.plan.pk}/versions/1/receipt/",
        "bulletin": f"/assessments/bulletins/{bulletin.pk}/",
        "public-bulletin": f"/bulletins/{bulletin.public_id}/",
        "public-plans": "/plans/",
        "dashboard": "/dashboard/",
        "desk": "/desk/",
    }


def printed(taken, name, address) -> tuple[list[str], PdfReader]:
    """What should not be on the paper, and the paper, which is kept as a picture for people to look at."""
    page = taken.go(address)
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    seen = page.evaluate(
        "wanted => [...document.querySelectorAll(wanted)].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))",
        NEVER_PRINTED,
    )
    content = page.pdf(prefer_css_page_size=True, print_background=False)
    page.emulate_media(media="screen")
    folder = Path(os.environ.get("SANWEI_TEST_ARTIFACTS", "var/test-artifacts"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"paper-{name}.pdf").write_bytes(content)
    return seen, PdfReader(io.BytesIO(content))


def words_of(sheet) -> str:
    """Its text without spaces; Chromium names some characters by their radicals, which NFKC takes back."""
    return unicodedata.normalize("NFKC", "".join(sheet.extract_text().split()))


def lies_across(sheet) -> bool:
    return sheet.mediabox.width > sheet.mediabox.height


@time_machine.travel(MARCH)
def test_paper_holds_the_matter_and_nothing_to_press(cast, addresses, seat):
    office = seat(cast.officer)
    found = {name: printed(office, name, address) for name, address in addresses.items()}

    assert {name: seen for name, (seen, _) in found.items() if seen} == {}
    papers = {name: paper.pages for name, (_, paper) in found.items()}
    words = {name: "".join(map(words_of, pages)) for name, pages in papers.items()}
    assert {name for name, text in words.items() if SEAL in text} == {
        "list",
        "measures",
        "plan",
        "plan-print",
    }
    assert {name for name, pages in papers.items() if lies_across(pages[0])} == {"list", "measures"}
    assert {name: len(pages) for name, pages in papers.items() if len(pages) > 6} == {}
    assert "措施40:推行一窗受理" in words["plan"]


@time_machine.travel(MARCH)
def test_heads_of_tables_stand_on_every_sheet(cast, addresses, seat):
    office = seat(cast.officer)
    paper = printed(office, "list", addresses["list"])[1]
    assert len(paper.pages) > 1
    rows = [sheet for sheet in map(words_of, paper.pages) if "市属第" in sheet]
    assert [("待谁办理" in sheet, "报送情况" in sheet) for sheet in rows] == [(True, True)] * len(rows)
