"""A marker in every stored word: no page of any role lets it become markup (INJ-03)."""

import html
import html.parser
import re
from urllib.parse import quote

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.urls import resolve
from django.urls.exceptions import Resolver404

from assessments.bulletins import actions as bulletins
from sanwei.core.attachments.models import Attachment
from sanwei.core.notifications.models import Announcement, Notification
from sanwei.core.roles import UNIT_ROLES, Role
from tests import make
from tests.house.test_doors import addresses
from tests.post import tell_all
from tests.security.workflows import NOW, a_bulletin
from tests.units.policies.build import policy
from units.organisation import actions as organisation
from units.plans import actions as plans
from units.plans import measures

FROZEN = {
    "core_entry",
    "core_seal",
    "units_planversion",
    "core_searchentry",
}  # what stands there was typed before
NOT_WORDS = {"password", "digest", "previous", "sha256", "data_sha256", "stored_name", "dedup_key", "key", "account",
             "period", "search_terms", "series", "content_type", "mime", "extension", "threshold",
             "plan_rule"}  # fmt: skip
COLUMNS = [
    field
    for model in apps.get_models()
    if model._meta.app_label in ("core", "units", "assessments") and model._meta.db_table not in FROZEN
    for field in model._meta.concrete_fields
    if isinstance(field, models.CharField | models.TextField)
    and not (field.choices or field.primary_key or field.name in NOT_WORDS)
]


def marker(number: int, room=None) -> str:
    """Breaks out of text, of attributes in either quotes, and of scripts, wherever it is not escaped."""
    whole = f"""</script>'"><xss-{number} onxss=1>"""
    return whole if room is None or len(whole) <= room else f"<xss-{number}>"


def mark_everything() -> None:
    """Write into each column of words a marker with the column's number; the row's key keeps rows apart."""
    for number, field in enumerate(COLUMNS):
        for pk in field.model.objects.values_list("pk", flat=True):
            room = (field.max_length or 10_000) - 6
            value = f"{marker(number, room)}{str(pk)[:6]}"[: field.max_length]
            field.model.objects.filter(pk=pk).update(**{field.name: value})


def typed(number: int) -> str:
    return marker(1000 + number)


@pytest.fixture
def marked(cast):
    """A city in which something of every kind has happened, all of it in markers."""
    mark_everything()
    for row in (
        cast.clerk,
        cast.head,
        cast.officer,
        cast.office_head,
        cast.unit,
        cast.campaign,
        cast.department,
    ):
        row.refresh_from_db()
    plan = a_filed_plan(cast)
    a_published_bulletin(cast)
    an_office_at_work(cast, plan)
    tell_all()
    mark_everything()
    Notification.objects.update(url="javascript:xss()")
    Announcement.objects.update(parked_at=NOW)
    return cast


def an_office_at_work(cast, plan):
    """A document, papers, leading groups, a new name, a new tier, stages."""
    document = policy(
        by=cast.officer, title=typed(1), full_text=f"一、{typed(2)}\n{typed(3)}", erratum=typed(4)
    )
    member = {"position": "head", "name": typed(5), "title": "", "phone": ""}
    for unit in (cast.unit, None):
        organisation.set_leading_group(unit=unit, members=[member], by=cast.officer)
    organisation.rename(unit=cast.unit, name="市发展和改革局", short_name="发改局", by=cast.officer)
    organisation.set_tier(unit=cast.unit, tier="weak", reason=typed(6), by=cast.officer)
    cast.campaign.stages.create(name=typed(7), starts_on="2026-01-01", ends_on="2026-02-01", note=typed(8))
    for owner in (plan, document):
        words = {"name": typed(9), "stored_name": f"{next(make.counter):032}", "sha256": "0" * 64, "size": 1}
        Attachment.objects.create(owner=owner, uploaded_by=cast.clerk, **words)


def a_filed_plan(cast):
    rows = [make.measure_row(title=typed(20), person=typed(21), note=typed(22), goal=typed(23))]
    plan = make.write_plan(cast.plan, cast.clerk, experience=typed(24), rows=rows)
    plan = plans.request_signature(plan=plan, by=cast.clerk)
    plan = plans.hand_back(plan=plan, by=cast.head, reason=typed(25))
    plan = plans.request_signature(plan=plan, by=cast.clerk)
    plan = plans.sign(plan=plan, by=cast.head, received_at=NOW).plan
    plans.comment(plan=plan, section="measures", text=typed(26), by=cast.officer)
    plan.refresh_from_db()
    plan = plans.approve(plan=plan, by=cast.officer, opinion=typed(27))
    plan = plans.publish(plan=plan, by=cast.officer)
    row = plan.measures.get()
    measures.record_progress(measure=row, percent=10, text=typed(28), version=row.version, by=cast.clerk)
    plans.grant_extension(plan=cast.other_plan, by=cast.officer, due_on=NOW.date(), reason=typed(29))
    return plan


def a_published_bulletin(cast):
    row = bulletins.request_review(bulletin=a_bulletin(cast, "draft"), by=cast.officer)
    row = bulletins.sign(bulletin=row, by=cast.office_head)
    row = bulletins.publish(bulletin=bulletins.number(bulletin=row, by=cast.officer), by=cast.officer)
    bulletins.open(bulletin=row, by=cast.officer)
    bulletins.draft(kind="periodic", campaign=cast.campaign, period="2026Q1", by=cast.officer)


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


@pytest.mark.parametrize(
    "careless",
    [marker(1), f"<a title='{marker(1)}'>", f'<p class="{marker(1)}">', f"<script>x = '{marker(1)}'</script>",
     "<a href=' JavaScript:xss()'>"],
)  # fmt: skip
def test_inj_03_control_markup_that_got_through_is_seen(careless):
    assert Reader(f"<html>{careless}</html>").wrong != []
