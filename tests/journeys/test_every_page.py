"""Every page of the matrix, by every role, with ugly data: axe, three widths, no script error, no CSP violation."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import make
from tests.journeys.ugly import WORDS, uglify, ugly_rows
from tests.rights.test_matrix import MATRIX, NOT_ANSWERED, named
from tests.rights.world import World, build
from units.plans import drafting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = (1366, 390, 320)
NO_PAGES = (
    "export/", "exports/<int:pk>/download/", ".xlsx", "attachments", "healthz", "readyz", "jsi18n", "autocomplete", "suggest", "display/", "(",
    "assessments/bulletins/<int:pk>/print/",
)  # fmt: skip
# Whose pages are all walked; the others see the same pages with fewer buttons, and are walked where they begin.
WALKERS = ("visitor", "clerk", "officer", "sysadmin", "secadmin", "auditor")
BEGINNERS = ("head", "lead", "office_head", "leader", "inspector", "judge", "press")
BEGINNINGS = ("desk/", "dashboard/", "notifications/", "accounts/", "units/plans/", "units/plans/<int:pk>/",
              "units/plans/measures/", "assessments/bulletins/", "assessments/bulletins/<int:pk>/")  # fmt: skip


@pytest.fixture
def world(cast, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    uglify(cast)
    built = build(cast)
    draft = built.cast.unit.plans.get(campaign__year=2025)
    for kind, typed in (
        ("experience", {"text": WORDS}),
        ("measures", {"rows": ugly_rows(cast.department.name)}),
    ):
        version = drafting.sections_of(draft)[kind].version
        drafting.save_section(plan=draft, kind=kind, typed=typed, version=version, by=cast.clerk)
    return built


def pages_of(who: str, beginnings=()) -> list[str]:
    """The addresses whose page this person may open."""
    shown = {path: row for path, row in MATRIX.items() if row["get"] != NOT_ANSWERED}
    rows = {path: row for path, row in shown.items() if not any(word in path for word in NO_PAGES)}
    mine = [
        path
        for path, row in rows.items()
        if who in named(row["get"]) or (who == "visitor" and row.get("public"))
    ]
    return [path for path in mine if not beginnings or path in beginnings]


def faults_of(page, axe) -> list[str]:
    """Violations, and the widths at which the page is wider than the screen."""
    found = [f"{one['id']}: {one['nodes'][0]['html'][:90]}" for one in axe.run(page).response["violations"]]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{wide} wide at {width}")
    page.set_viewport_size({"width": 1366, "height": 768})
    return found


def walk(seat, world, who, paths) -> dict[str, list[str]]:
    """address → what is wrong there."""
    taken, axe, wrong = seat(), Axe(), {}
    if who != "visitor":
        cookie = world.client(who).cookies["sanwei"].value
        taken.page.context.add_cookies([{"name": "sanwei", "value": cookie, "url": taken.base}])
    for path in paths:
        page = taken.go(world.address(path))
        faults = [*taken.complaints]
        faults += faults_of(page, axe)
        taken.complaints.clear()  # axe itself puts styles into the page, which the policy rightly refuses
        if faults:
            wrong[path] = faults
    return wrong


@pytest.mark.parametrize("who", WALKERS)
def test_every_page_is_sound(world, seat, who):
    assert walk(seat, world, who, pages_of(who)) == {}


def test_every_role_begins_on_sound_pages(world, seat):
    found = {who: walk(seat, world, who, pages_of(who, BEGINNINGS)) for who in BEGINNERS}

    assert {who: wrong for who, wrong in found.items() if wrong} == {}


def test_an_empty_house_has_sound_pages(db, seat):
    """The first day: nothing but people."""
    world = World(
        None, {"officer": make.officer(), "auditor": make.holder("audit_admin"), "visitor": None}, {}
    )
    found = {
        who: walk(seat, world, who, [path for path in pages_of(who) if "<" not in path])
        for who in world.people
    }

    assert {who: wrong for who, wrong in found.items() if wrong} == {}
