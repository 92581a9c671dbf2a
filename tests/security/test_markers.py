"""A marker in every stored word: no page of any role lets it become markup (INJ-03)."""

import html
import html.parser
import re
from urllib.parse import quote

import pytest
import time_machine
from django.urls import resolve
from django.urls.exceptions import Resolver404

from sanwei.core.notifications.models import Announcement, Notification
from sanwei.core.roles import UNIT_ROLES, Role
from tests import make
from tests.house.test_doors import addresses
from tests.security.markers import marked_city, marker, typing
from tests.security.workflows import NOW

pytestmark = pytest.mark.once  # what becomes of words on their way out, long after they left the database
typed = typing(marker)


@pytest.fixture
def marked(cast):
    marked_city(cast)
    Notification.objects.update(url="javascript:xss()")
    Announcement.objects.update(parked_at=NOW)
    return cast


class Reader(html.parser.HTMLParser):
    """Every element, attribute and address of a page."""

    def __init__(self, text):
        super().__init__()
        self.wrong, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag.startswith("xss"):
            self.wrong.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("onxss"):
                self.wrong.append(f"<{tag} {name}>")
            if name in ("href", "src", "action") and value:
                if value.lower().strip().startswith(("javascript:", "data:text")):
                    self.wrong.append(f"<{tag} {name}={value}>")
                self.links.append(value)


def shown(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"<xss-(\d+)", html.unescape(text))}


def crawl(client, seeds) -> dict[str, str]:
    """Every page reached from `seeds`, two of each kind: address → HTML."""
    pages, waiting, often = {}, [*seeds], {}
    while waiting:
        address = waiting.pop(0).split("#")[0]
        kind = kind_of(address)
        if not kind or address in pages or often.get(kind, 0) >= 2:
            continue
        often[kind] = often.get(kind, 0) + 1
        answer = client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            pages[address] = answer.content.decode()
            waiting += Reader(pages[address]).links
        elif answer.status_code in (301, 302):
            waiting.append(answer["Location"])
    return pages


def kind_of(address: str) -> str:
    """The view behind an address of ours, and whether something is asked of it; nothing for other addresses."""
    path, _, query = address.partition("?")
    if not path.startswith("/") or path.startswith(("//", "/static/", "/attachments/")):
        return ""
    if path.endswith((".xlsx", "/export/", "/download/", "/print/", "/receipts/")):  # no pages
        return ""
    try:
        return f"{resolve(path).view_name}?{query[:4]}"
    except Resolver404:
        return ""


def holder_of(role, cast):
    known = {post.role: post.user for user in vars(cast).values() if hasattr(user, "posts") and hasattr(user, "username")
             for post in user.posts.all()}  # fmt: skip
    return known.get(role) or make.holder(role, unit=cast.unit if role in UNIT_ROLES else None)


SEEDS = [f"/{path}" for path, _ in addresses() if "<" not in path and "sign_out" not in path]
ASKED = ["/search/?q=xss", "/find/?q=xss", "/units/organisation/suggest/?q=xss", "/audit/?label=xss"]


@pytest.mark.parametrize("role", ["visitor", *Role.values])
def test_inj_03_no_page_of_any_role_lets_a_stored_word_become_markup(marked, client, role):
    with time_machine.travel(NOW, tick=False):
        if role != "visitor":
            client.force_login(holder_of(role, marked))
        pages = crawl(client, SEEDS + ASKED)

    assert {address: Reader(text).wrong for address, text in pages.items() if Reader(text).wrong} == {}
    assert [address for address, text in pages.items() if "<xss" in text] == []
    assert len(set().union(*map(shown, pages.values()))) >= (9 if role == "visitor" else 30)


@pytest.mark.parametrize(
    "path", ["/search/?q=", "/find/?q=", "/units/plans/?q=", "/units/policies/?q=", "/audit/?actor="]
)
def test_inj_03_what_was_asked_comes_back_as_text(cast, client, path):
    client.force_login(make.holder("audit_admin") if "audit" in path else cast.officer)
    page = client.get(path + quote(typed(1))).content.decode()

    assert (Reader(page).wrong, "<xss" in page, shown(page)) == ([], False, {1001})


def test_inj_03_what_was_typed_wrongly_comes_back_as_text(cast, client):
    client.force_login(cast.officer)
    page = client.post("/units/policies/create/", {"title": typed(1), "full_text": typed(2)}).content.decode()

    assert (Reader(page).wrong, "<xss" in page, shown(page)) == ([], False, {1001, 1002})


def test_inj_03_the_keepers_site_is_walked_as_well(marked, client):
    """List, form, history and the answers to a search, an act and a form filled in wrongly."""
    client.force_login(holder_of(Role.SYSTEM_ADMIN, marked))
    form = f"/admin/core/user/{marked.clerk.pk}/change/"
    wrong = {"username": typed(1), "name": "", "phone": typed(2), "email": typed(3)}
    answers = {
        "list": client.get("/admin/core/user/"),
        "search": client.get("/admin/core/user/", {"q": typed(4)}),
        "form": client.get(form),
        "history": client.get(form.replace("change", "history")),
        "refused": client.post(form, wrong),
        "done": client.post(form, {"name": typed(5), "phone": typed(6), "email": "a@example.test"}, follow=True),
        "act": client.post(
            "/admin/core/user/", {"action": "issue_password", "_selected_action": marked.head.pk}, follow=True
        ),
    }  # fmt: skip
    pages = {name: answer.content.decode() for name, answer in answers.items()}

    assert {name: Reader(page).wrong for name, page in pages.items() if Reader(page).wrong} == {}
    assert [name for name, page in pages.items() if "<xss" in page or not shown(page)] == []


@pytest.mark.parametrize(
    "careless",
    [marker(1), f"<a title='{marker(1)}'>", f'<p class="{marker(1)}">', f"<script>x = '{marker(1)}'</script>",
     "<a href=' JavaScript:xss()'>"],
)  # fmt: skip
def test_inj_03_control_markup_that_got_through_is_seen(careless):
    assert Reader(f"<html>{careless}</html>").wrong != []
