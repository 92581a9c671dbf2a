"""The main job without a mouse: everything is reached by Tab, seen where it is, and pressed by Enter or space."""

import pytest

from tests import make
from tests.journeys.conftest import PASSWORD
from units.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_STEPS = 120
# What the focused element says of itself: its words, and whether the eye can see that it has the focus.
FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it);
    const seen = style.outlineStyle !== "none" && style.outlineWidth !== "0px" || style.boxShadow !== "none";
    return [(it.innerText || it.value || it.name || "").trim(), it.name || "", seen, it === document.body];
}"""


def tab_to(page, words: str = "", name: str = "") -> None:
    """Press Tab until the control with these words or this name has the focus; each one on the way shows it."""
    unseen = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        said, its_name, seen, nowhere = page.evaluate(FOCUSED)
        if not seen and not nowhere:
            unseen.append(said or its_name)
        if (words and said == words) or (name and its_name == name):
            assert unseen == []
            return
    pytest.fail(f"Tab never came to {words or name}")


def sign_in(taken, user) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page = taken.go("/accounts/sign_in/")
    tab_to(page, name="username")
    page.keyboard.type(user.username)
    tab_to(page, name="password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")


def press(page, words: str) -> None:
    tab_to(page, words)
    page.keyboard.press("Enter")


def test_the_first_tab_leads_past_the_navigation(cast, seat):
    page = seat(cast.officer).go("/units/plans/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[0] == "跳到正文"

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_plan_is_written_signed_and_approved_without_a_mouse(cast, seat):
    make.awaiting_plan(cast.plan, cast.clerk)
    head = seat()
    sign_in(head, cast.head)
    press(head.page, str(cast.plan))
    head.page.wait_for_url(f"**/units/plans/{cast.plan.pk}/")
    press(head.page, "签发上报")
    head.page.wait_for_url("**/sign/")
    tab_to(head.page, name="not_secret")
    head.page.keyboard.press("Space")
    press(head.page, "签发上报")
    head.page.wait_for_url("**/receipt/")

    office = seat()
    sign_in(office, cast.officer)
    press(office.page, str(cast.plan))
    office.page.wait_for_url(f"**/units/plans/{cast.plan.pk}/")
    press(office.page, "备案通过")
    office.page.wait_for_selector("text=已备案通过")

    assert Plan.objects.get(pk=cast.plan.pk).state == Plan.State.APPROVED


def test_a_dialog_holds_the_focus_and_gives_it_back(cast, seat):
    make.awaiting_plan(cast.plan, cast.clerk)
    head = seat(cast.head)
    page = head.go(f"/units/plans/{cast.plan.pk}/")
    press(page, "退回修改")
    page.wait_for_selector("#reason-hand_back", state="visible")

    inside = []
    for _ in range(12):
        page.keyboard.press("Tab")
        inside.append(
            page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog, details')"
            )
        )
    page.keyboard.press("Escape")

    assert inside == [True] * 12
    assert page.evaluate("document.activeElement.innerText.trim()") == "退回修改"
