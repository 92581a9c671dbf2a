"""Every page of the matrix, by everybody, with ugly data: axe, three widths, no script error, no CSP violation.

Pages that are built alike are looked at once: see soundness.py, and the control below.
"""

import pytest

from tests import make
from tests.journeys.soundness import Examiner
from tests.journeys.ugly import WORDS, uglify, ugly_rows
from tests.rights.test_matrix import MATRIX, NOT_ANSWERED, SIGNED_IN, named
from tests.rights.world import World, build
from units.plans import drafting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NO_PAGES = (
    "export/", "exports/<int:pk>/download/", ".xlsx", "attachments", "healthz", "readyz", "jsi18n", "autocomplete", "suggest", "display/", "(",
    "assessments/bulletins/<int:pk>/print/", "accounts/sign_out",
)  # fmt: skip
# The matrix asks about what is only drafted or entered; what is in force is shown as well to whoever may see it.
IN_FORCE = {
    "units/plans/<int:pk>/versions/": ("/units/plans/{pk}/", "/units/plans/{pk}/print/"),
    "assessments/bulletins/<int:pk>/sign_for/": ("/assessments/bulletins/{pk}/",),
    "exposures/": ("/assessments/exposures/{pk}/", "/assessments/exposures/{pk}/withdraw/"),
    "cases/": ("/assessments/cases/{pk}/", "/assessments/cases/{pk}/print/"),
}


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


def pages_of(who: str) -> list[str]:
    """The addresses whose page this person may open."""
    shown = {path: row for path, row in MATRIX.items() if row["get"] != NOT_ANSWERED}
    rows = {path: row for path, row in shown.items() if not any(word in path for word in NO_PAGES)}
    return [
        path
        for path, row in rows.items()
        if who in named(row["get"]) or (who == "visitor" and row.get("public"))
    ]


def addresses_of(world, who) -> list[str]:
    in_force = [
        address.format(**world.keys[path])
        for path, addresses in IN_FORCE.items()
        for address in addresses
        if who != "visitor"
    ]
    return [world.address(path) for path in pages_of(who)] + in_force


def walk_all(examiner, seat, world, people, addresses_of=addresses_of) -> dict:
    """Who finds what wrong where."""
    found = {who: examiner.walk(seat(), world.client(who), addresses_of(world, who)) for who in people}
    return {who: wrong for who, wrong in found.items() if wrong}


def test_every_page_of_everybody_is_sound(world, seat, examiner):
    assert walk_all(examiner, seat, world, ["visitor", *SIGNED_IN]) == {}
    assert (
        examiner.pages > 3 * len(examiner.known) > 300
    )  # most were built like one already seen, many were not


def with_a_nameless_picture(text: str) -> str:
    return text.replace("</main>", '<img src="/static/img/icon.svg" width="1500"></main>')


def test_control_one_fault_on_a_page_known_from_another_is_found(world, seat):
    """The judge's inbox is sound, so the press's is not looked at; with one picture more it is, and found out."""
    examiner, inbox = Examiner(), ["/notifications/"]
    assert examiner.walk(seat(), world.client("judge"), inbox) == {}
    assert examiner.walk(seat(), world.client("press"), inbox) == {}
    assert examiner.examined == 1
    taken = seat()
    taken.page.route("**/notifications/", spoil)
    examiner.planted = with_a_nameless_picture

    found = examiner.walk(taken, world.client("press"), inbox)

    assert examiner.examined == 2
    assert [fault.split(":")[0] for fault in found["/notifications/"]] == [
        "1524 wide at 1366",
        "1512 wide at 390",
        "1512 wide at 320",
        "image-alt",
    ]


def spoil(route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=with_a_nameless_picture(answer.text()))


def test_an_empty_house_has_sound_pages(db, seat, examiner):
    """The first day: nothing but people."""
    people = {"officer": make.officer(), "auditor": make.holder("audit_admin"), "visitor": None}
    world = World(None, people, {})

    def without_places(world, who):
        return [world.address(path) for path in pages_of(who) if "<" not in path]

    assert walk_all(examiner, seat, world, people, without_places) == {}
