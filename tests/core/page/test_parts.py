"""The parts of a page: verbs, timeline, errors, addresses, titles."""

import re

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.urls import resolve

from sanwei.core.roles import roles_of
from sanwei.core.workflow import Move
from tests import make


def drawn(source: str, request=None, **context) -> str:
    return engines["jinja2"].from_string(source).render(context, request)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def on_plan_page(rf, cast):
    """A request for the page of the plan, made by nobody in particular."""
    request = rf.get(f"/units/plans/{cast.plan.pk}/")
    request.resolver_match = resolve(request.path)
    request.user, request.session = AnonymousUser(), {}
    return request


def bar(request, plan, *made) -> str:
    return drawn("{{ verbs(plan, buttons) }}", request, plan=plan, buttons=list(made))


def test_the_first_ordinary_verb_is_primary_and_dangerous_ones_stand_apart(on_plan_page, cast):
    html = bar(
        on_plan_page,
        cast.plan,
        ("withdraw", Move("撤回", (), danger=True)),
        ("approve", Move("备案通过", ())),
        ("start_review", Move("开始审核", ())),
    )
    kinds = re.findall(r'class="btn (btn-[a-z-]+)"[^>]*>([^<]+)<', html)
    assert kinds == [
        ("btn-primary", "备案通过"),
        ("btn-outline-secondary", "开始审核"),
        ("btn-outline-danger", "撤回"),
        ("btn-danger", "确认撤回"),
    ]
    assert html.index("verbs-apart") < html.index("撤回")


def test_a_plain_verb_posts_at_once_to_its_own_address_and_once_only(on_plan_page, cast):
    html = bar(on_plan_page, cast.plan, ("approve", Move("备案通过", ())))
    assert f'<form method="post" action="/units/plans/{cast.plan.pk}/approve/">' in html
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)
    assert re.search(r'name="_once" value="\w{32}"', html)
    assert "<details" not in html


def test_a_verb_that_needs_a_reason_asks_for_it(on_plan_page, cast):
    html = bar(on_plan_page, cast.plan, ("hand_back", Move("退回修改", (), reason=True)))
    assert re.search(r'<textarea [^>]*name="reason"[^>]* required>', html)
    assert '<label class="form-label" for="reason-hand_back">理由（必填）</label>' in html


def test_a_verb_that_cannot_be_undone_says_what_will_happen(on_plan_page, cast):
    html = bar(on_plan_page, cast.plan, ("publish", Move("公开", (), warning="公开后任何人均可查看。")))
    assert words(html) == f"公开 公开：{cast.plan} 公开后任何人均可查看。 确认公开"
    assert "textarea" not in html


def test_a_verb_with_a_page_of_its_own_is_a_link(on_plan_page, cast):
    html = bar(on_plan_page, cast.plan, ("sign", Move("签发上报", (), form=True)))
    assert f'<a class="btn btn-primary" href="/units/plans/{cast.plan.pk}/sign/">签发上报</a>' in html


def test_no_verbs_no_bar(on_plan_page, cast):
    assert bar(on_plan_page, cast.plan).strip() == ""


def test_the_timeline_says_who_did_what_and_why_in_one_query(cast, django_assert_num_queries):
    make.submitted_plan(cast.plan, cast.clerk, cast.head)
    roles_of(cast.officer)  # asked once for each request, long before the timeline
    with django_assert_num_queries(1):
        html = drawn("{{ timeline(plan) }}", plan=cast.plan, user=cast.officer)

    acts = [words(act) for act in re.findall(r'class="timeline-act">(.*?)</p>', html, re.S)]
    assert acts == ["签发上报 待签发 → 已上报", "送审 起草中 → 待签发"]
    assert "张建国（市发展改革委 单位负责人）" in html


@pytest.mark.parametrize(
    ("who", "told"), [("officer", "周明（督查员）"), ("clerk", "督查机构"), ("head", "督查机构")]
)
def test_of_an_inspector_only_those_who_supervise_learn_the_name(cast, who, told):
    task = make.task(cast.campaign, cast.unit, cast.inspector)
    html = drawn("{{ timeline(task) }}", task=task, user=getattr(cast, who))

    assert told in html
    assert ("周明" in html) == (who == "officer")


def test_a_timeline_can_leave_out_who_acted(cast):
    make.submitted_plan(cast.plan, cast.clerk, cast.head)
    html = drawn("{{ timeline(plan, people=False) }}", plan=cast.plan, user=cast.officer)
    assert "签发上报" in html
    assert "张建国" not in html
    assert "单位负责人" not in html


def test_nothing_done_yet_is_said(cast):
    assert words(drawn("{{ timeline(plan) }}", plan=cast.other_plan, user=cast.officer)) == "尚无办理记录。"


class MeasureForm(forms.Form):
    title = forms.CharField(label="举措")
    days = forms.IntegerField(label="天数", max_value=5)

    def clean(self):
        raise forms.ValidationError("起止时间颠倒。")


def test_errors_come_first_as_links_to_the_fields():
    form = MeasureForm({"title": "", "days": "9"})
    html = drawn("{{ errors(form) }}", form=form)
    assert "有 3 处需要更正，已填内容均已保留" in html
    assert re.findall(r"<li>(.*?)</li>", html) == [
        '<a href="#id_title">举措：这个字段是必填项。</a>',
        '<a href="#id_days">天数：确保该值小于或等于5。</a>',
        "起止时间颠倒。",
    ]


def test_errors_of_a_table_name_the_row():
    rows = forms.formset_factory(MeasureForm)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-title": "甲",
            "form-0-days": "1",
            "form-1-days": "1",
        }
    )
    linked = re.findall(r'<a href="#([^"]+)">(.*?)</a>', drawn("{{ errors(rows) }}", rows=rows))
    assert linked == [("id_form-1-title", "第 2 行举措：这个字段是必填项。")]


@pytest.mark.parametrize("form", [MeasureForm(), None])
def test_no_errors_no_summary(form):
    assert drawn("{{ errors(form) }}", form=form).strip() == ""


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("{{ query(state='draft') }}", "?q=%E5%B8%82&amp;state=draft"),
        ("{{ query(state=None) }}", "?q=%E5%B8%82"),
        ("{{ query(q='', state='late') }}", "?state=late"),
        ("{{ query(q=None, state=None) }}", "?"),
    ],
)
def test_an_address_changes_what_is_named_and_starts_at_the_first_page(rf, source, address):
    request = rf.get("/", {"q": "市", "state": "late", "after": "cursor"})
    request.user = AnonymousUser()
    assert drawn(source, request) == address


def test_a_title_is_written_once(client, db):
    page = client.get("/bulletins/").content.decode()
    assert "<title>通报－三型机关创建管理平台</title>" in page
    assert "<h1>通报</h1>" in page
