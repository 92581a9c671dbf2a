"""The parts of a page that every template may draw without importing them (page/engine.py).

Those that stand in every row of a list are written in Python, not as templates: a page draws hundreds of them.
"""

import functools
import uuid

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.contrib.contenttypes.models import ContentType
from django.forms import CheckboxInput, Select, TextInput
from django.utils.functional import Promise
from django.utils.html import format_html
from jinja2 import pass_context
from markupsafe import Markup

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.attachments.forms import UploadForm
from sanwei.core.attachments.models import Attachment
from sanwei.core.idempotency.once import FIELD as ONCE_FIELD
from sanwei.core.page import chinese
from sanwei.core.page.timeline import happenings
from sanwei.core.questions import Question
from sanwei.core.ui import looks
from sanwei.core.ui.pages import AFTER, BEFORE
from sanwei.core.workdays import calendar, lights
from sanwei.core.workdays.deadlines import is_estimate

PAPERS = Question(lambda kind, key: Attachment.objects.belonging_to(kind, key), kind=int, key=int)


def drawn_by(name):
    """Draw what a function finds out with the template `name`; it gets the form key and the user of the page besides.

    The function takes the context of the page first.
    """

    def decorate(function):
        @pass_context
        @functools.wraps(function)
        def draw(page, *args, **words):
            kept = {word: page.get(word) for word in ("csrf_input", "user")}
            template = page.environment.get_template(name)
            return Markup(template.render({**kept, **function(page, *args, **words)}))

        return draw

    return decorate


def state(obj, field="state"):
    """`{{ state(plan) }}`: the badge of a state. The model names colours in STATE_LOOK (ui/looks.py)."""
    return badge_of(looks.state_look(obj, field))


def light(value, why=""):
    """`{{ light(task.light, task.why) }}`: the light of a row, a value of workdays.lights.Light; — for none. `why` is said
    when the pointer rests on it."""
    if not value:
        return chinese.NONE
    drawn = badge(lights.Light(value).label, lights.LOOK[value])
    return format_html('<span title="{}">{}</span>', why, drawn) if why else drawn


def pace(value):
    """`{{ pace(task.pace) }}`: the class of progress of a row, a value of workdays.lights.Pace."""
    return badge(lights.Pace(value).label, lights.PACE_LOOK[value])


def badge(label, colour="grey"):
    """`{{ badge("迟报", "red") }}`: a word with the icon of its colour (ui/looks.py)."""
    return badge_of(looks.Look(label, colour))


@functools.lru_cache(maxsize=256)
def badge_of(look) -> str:
    return format_html(
        '<span class="state state-{}"><span class="state-icon" aria-hidden="true">{}</span>{}</span>',
        look.colour,
        look.icon,
        look.label,
    )


def deadline(due, done=False):
    """`{{ deadline(plan.due_at, done=plan.submitted_at) }}`: date, weekday, time and remaining working days.

    `due` is an aware instant (24:00 = the next midnight) or a date. What is done shows no remaining days. Days counted
    through a year whose holidays are not entered are an estimate, and are said to be one.
    """
    return deadline_text(due, bool(done), clock.today(), calendar.table()) if due else chinese.NONE


@functools.lru_cache(maxsize=1024)
def deadline_text(due, done, today, _calendar) -> str:
    """In a list most rows are due at the same moment. `_calendar`: another table of working days, another answer."""
    if done:
        return format_html('<span class="nowrap">{}</span>', chinese.due_text(due))
    day = chinese.due_day(due)
    mark = " text-late" if day < today else ""
    remaining = calendar.remaining_text(day, today)
    if is_estimate(min(day, today), max(day, today)):
        remaining += "（暂估）"
    html = '<span class="deadline"><span class="nowrap">{}，</span><span class="remaining{}">{}</span></span>'
    return format_html(html, chinese.due_text(due), mark, remaining)


def once():
    """The hidden key that makes a form do its work once, however often it is sent (core/idempotency)."""
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE_FIELD, uuid.uuid4().hex)


@drawn_by("ui/_timeline.html")
def timeline(page, obj, people=True, insider=None):
    """`{{ timeline(plan) }}`: what happened, newest first. One query. `people=False` hides who acted; `insider` says whether
    the reader may know which inspectors acted, where the roles alone do not say it."""
    told, older = happenings(obj, page["user"], people, insider)
    return {"happenings": told, "older": older}


@drawn_by("ui/_verbs.html")
def verbs(page, obj, buttons, namespace=""):
    """`{{ verbs(plan, buttons) }}`: the bar of what the viewer may do; `buttons` is workflow.buttons(...).

    Addresses are `<namespace>:<verb>` with the key of `obj`; the namespace is the argument, else that of the
    page shown. The first ordinary verb is primary; dangerous ones stand apart.
    """
    space = namespace or page["request"].resolver_match.namespace
    made = [Button(verb, move, address(f"{space}:{verb}", obj.pk)) for verb, move in buttons]
    return {
        "ordinary": [button for button in made if not button.move.danger],
        "dangerous": [button for button in made if button.move.danger],
        "obj": obj,
    }


class Button:
    """A verb with its address; `asks` says whether a dialog stands between the button and the act."""

    def __init__(self, verb, move, url):
        self.verb, self.move, self.url = verb, move, url
        self.asks = move.reason or move.danger or bool(move.warning)


@drawn_by("ui/_pager.html")
def pager(_, page):
    """`{{ pager(page) }}`: 上一页 / 下一页 of what page_by_key() returned."""
    return {"page": page}


@drawn_by("ui/_papers.html")
def papers(_, owner, remove="", people=True, own_only=False):
    """`{{ papers(plan) }}`: the papers attached to a record, with links. One query.

    `remove="plans:take_out"` adds a button to each, or with `own_only` to those that the viewer handed in; the address
    takes the keys of the owner and of the paper. `people=False` hides who handed them in.
    """
    return {
        "owner": owner,
        "papers": PAPERS(kind=ContentType.objects.get_for_model(owner).pk, key=owner.pk),
        "remove": remove,
        "people": people,
        "own_only": own_only,
    }


def upload_form():
    """`{% set upload = upload_form() %}`: the empty form of ui/_upload.html."""
    return UploadForm(auto_id="upload-%s")


@drawn_by("ui/_fields.html")
def fields(_, form, *names):
    """`{{ fields(form) }}` or `{{ fields(form, "name", "phone") }}`: all fields, or these, with their errors."""
    chosen = [form[name] for name in names] if names else form.visible_fields()
    return {"fields": chosen, "hidden": [] if names else form.hidden_fields()}


@drawn_by("ui/_errors.html")
def errors(_, *forms):
    """`{{ errors(form, rows) }}`: what is wrong in the forms and formsets, as a list of links to the fields."""
    return {"errors": [error for form in forms if form for error in errors_of(form)]}


def errors_of(form):
    """(target id, label, message) of each error, in page order; a formset counts its rows from 1."""
    if hasattr(form, "forms"):
        yield from (("", "", message) for message in form.non_form_errors())
        for number, row in enumerate(form.forms, 1):
            for target, label, message in errors_of(row):
                yield target, f"第 {number} 行{label}", message
        return
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        for message in messages:
            yield (field.id_for_label, field.label, message) if field else ("", "", message)


def labelled(field, number=""):
    """`{{ field|labelled:3 }}`: the control of a table cell, named for those who do not see the head."""
    name = "删除" if field.name == "DELETE" else field.label
    attrs = {"aria-label": f"第{number}行{name}" if number else name}
    attrs["class"] = control_class(field.field.widget)
    if field.errors:
        attrs |= {"class": f"{attrs['class']} is-invalid", "aria-describedby": f"{field.id_for_label}_error"}
    return field.as_widget(attrs=attrs)


def control(field):
    """`{{ field|control }}`: the bare control in the look of the house, for filter bars."""
    widget, chosen = field.field.widget, str(field.value() or "")
    known = type(widget) is Select and all(isinstance(label, str | Promise) for _, label in widget.choices)
    choices = tuple((str(value), str(label)) for value, label in widget.choices) if known else ()
    if type(widget) is TextInput and not chosen:
        attrs = field.build_widget_attrs({**widget.attrs, "class": "form-control"}, widget)
        return blank_html(field.html_name, tuple({**attrs, "id": field.auto_id}.items()))
    if chosen not in dict(choices):  # also what nobody offered: it is not kept in memory
        return field.as_widget(attrs={"class": control_class(widget)})
    attrs = field.build_widget_attrs({**widget.attrs, "class": "form-select"}, widget)
    return select_html(field.html_name, chosen, choices, tuple({**attrs, "id": field.auto_id}.items()))


@functools.lru_cache(maxsize=512)
def select_html(name, chosen, choices, attrs) -> str:
    """A plain select: what Django draws from four templates, drawn once for each choice that people make."""
    return Select(choices=choices).render(name, chosen, dict(attrs))


@functools.lru_cache(maxsize=512)
def blank_html(name, attrs) -> str:
    """A line nobody has typed in."""
    return TextInput().render(name, None, dict(attrs))


def narrowed_by(form) -> str:
    """`{{ narrowed_by(filter) }}`: what a filter bar says, for paper: 报送情况：未报；类别：政府部门。 Empty if nothing."""
    said = []
    for field in form.visible_fields():
        typed = str(field.value() or "")
        if typed and (word := dict(getattr(field.field, "choices", [(typed, typed)])).get(typed)):
            said.append(f"{field.label}：{word}")
    return "；".join(said) + "。" * bool(said)


def control_class(widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


@pass_context
def query(page, **changes):
    """`{{ query(state="draft") }}`: the present address with these changed (None drops one)."""
    params = page["request"].GET.copy()
    for name, value in {AFTER: None, BEFORE: None, **changes}.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = value
    return f"?{params.urlencode()}"


GLOBALS = {
    "badge": badge,
    "crispy_field": as_crispy_field,
    "deadline": deadline,
    "errors": errors,
    "fields": fields,
    "light": light,
    "narrowed_by": narrowed_by,
    "once": once,
    "pace": pace,
    "pager": pager,
    "papers": papers,
    "query": query,
    "state": state,
    "timeline": timeline,
    "upload_form": upload_form,
    "verbs": verbs,
    "word": looks.word,
}
