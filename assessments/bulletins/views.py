"""Bulletins in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.bulletins import access, actions, choosing
from assessments.bulletins.document import official
from assessments.bulletins.forms import DraftForm, OpenForm, ReasonForm, TextForm
from assessments.bulletins.models import Bulletin
from sanwei.core.documents.html import to_html
from sanwei.core.documents.lint import lint
from sanwei.core.documents.pdf import to_pdf
from sanwei.core.documents.word import to_docx
from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from sanwei.core.roles import Role
from sanwei.core.ui.downloads import download
from sanwei.core.ui.pages import page_by_key
from sanwei.core.ui.posted import posted_version
from sanwei.core.watching.actions import is_watched
from sanwei.core.workflow import buttons
from units.organisation.access import units_of


def the_bulletin(request, pk) -> Bulletin:
    return get_object_or_404(Bulletin.objects.visible_to(request.user).for_detail(), pk=pk)


@signed_in
@once
def export(request):
    """The list as filtered, as Excel."""
    return answer(request, "bulletins")


@signed_in
def list(request):
    bulletins, state = choosing.bulletins(request.user, request.GET)
    page = {
        "page": page_by_key(bulletins, request, order=("-pk",)),
        "states": Bulletin.State.choices,
        "chosen_state": state,
        "can_create": access.can_create(request.user),
    }
    return render(request, "assessments/bulletins/list.html", page)


@signed_in
@once
def create(request):
    """起草."""
    allow(access.can_create(request.user))
    form = DraftForm(request.POST or None, user=request.user)
    if form.is_valid():
        chosen = form.cleaned_data
        bulletin = actions.draft(
            kind=chosen["kind"],
            campaign=chosen["campaign"],
            period=chosen.get("period", ""),
            by=request.user,
        )
        return redirect("bulletins:detail", pk=bulletin.pk)
    page = {"form": form}
    return render(request, "assessments/bulletins/create.html", page, status=422 if form.is_bound else 200)


@signed_in
def detail(request, pk):
    bulletin = the_bulletin(request, pk)
    mine = bulletin.receipts.filter(unit__in=units_of(request.user, Role.UNIT_CLERK, Role.UNIT_HEAD))
    may_see = access.can_see_receipts(request.user, bulletin)
    page = {
        "bulletin": bulletin,
        "sheet": to_html(official(bulletin)),
        "buttons": buttons(bulletin, request.user, access),
        "followed": is_watched(bulletin, request.user),
        "can_see_people": may_see,
        "can_edit": access.can_edit(request.user, bulletin) and bulletin.state == Bulletin.State.DRAFT,
        "hints": lint(bulletin.text) if access.can_edit(request.user, bulletin) else [],
        "receipts": bulletin.receipts.select_related("unit", "read_by").order_by("unit__order")
        if may_see
        else None,
        "signed": bulletin.receipts.filter(read_at__isnull=False).count() if may_see else 0,
        "waiting": [receipt for receipt in mine.select_related("unit") if receipt.read_at is None],
    }
    return render(request, "assessments/bulletins/detail.html", page)


@signed_in
def edit(request, pk):
    bulletin = the_bulletin(request, pk)
    allow(access.can_edit(request.user, bulletin))
    initial = {name: getattr(bulletin, name) for name in TextForm.base_fields}
    form = TextForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.edit(bulletin=bulletin, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已保存。")
            return redirect("bulletins:detail", pk=bulletin.pk)
    page = {"bulletin": bulletin, "form": form}
    return render(request, "assessments/bulletins/edit.html", page, status=422 if form.is_bound else 200)


@signed_in
def printed(request, pk):
    """The document as PDF, or as Word with ?form=docx."""
    bulletin = the_bulletin(request, pk)
    name = f"{bulletin.document_number}{bulletin.title}"
    if request.GET.get("form") == "docx":
        return download(f"{name}.docx", to_docx(official(bulletin)))
    return download(f"{name}.pdf", to_pdf(official(bulletin)))


@signed_in
@once
def receipts(request, pk):
    """Which units have signed for it, as Excel."""
    allow(access.can_see_receipts(request.user, the_bulletin(request, pk)))
    return answer(request, "receipts", pk=pk)


def done(request, bulletin, label):
    messages.success(request, f"已{label}。")
    return redirect("bulletins:detail", pk=bulletin.pk)


def take(request, pk, verb):
    """A verb that needs no words."""
    bulletin = the_bulletin(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, bulletin))
    getattr(actions, verb)(bulletin=bulletin, by=request.user)
    return done(request, bulletin, Bulletin.TRANSITIONS[verb].label)


def with_form(request, pk, verb, form_class, fields=()):
    """A verb with a page of its own; `fields` of the form are passed to the action."""
    bulletin = the_bulletin(request, pk)
    allow(getattr(access, f"can_{verb}")(request.user, bulletin))
    form = form_class(request.POST or None)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in fields}
        getattr(actions, verb)(bulletin=bulletin, by=request.user, **words)
        return done(request, bulletin, Bulletin.TRANSITIONS[verb].label)
    page = {"bulletin": bulletin, "verb": verb, "move": Bulletin.TRANSITIONS[verb], "form": form}
    return render(request, "assessments/bulletins/verb.html", page, status=422 if form.is_bound else 200)


@signed_in
@require_POST
@once
def recompile(request, pk):
    bulletin = the_bulletin(request, pk)
    allow(access.can_edit(request.user, bulletin))
    actions.recompile(bulletin=bulletin, by=request.user)
    return done(request, bulletin, "重新取数")


@signed_in
@require_POST
@once
def request_review(request, pk):
    """送核 what was read on the page, no newer text."""
    bulletin = the_bulletin(request, pk)
    allow(access.can_request_review(request.user, bulletin))
    actions.request_review(bulletin=bulletin, by=request.user, version=posted_version(request))
    return done(request, bulletin, "送核")


@signed_in
@require_POST
@once
def sign(request, pk):
    """签发 what was read on the page, no newer text."""
    bulletin = the_bulletin(request, pk)
    allow(access.can_sign(request.user, bulletin))
    actions.sign(bulletin=bulletin, by=request.user, version=posted_version(request))
    return done(request, bulletin, "签发")


@signed_in
@require_POST
@once
def number(request, pk):
    return take(request, pk, "number")


@signed_in
@require_POST
@once
def publish(request, pk):
    return take(request, pk, "publish")


@signed_in
@once
def hand_back(request, pk):
    return with_form(request, pk, "hand_back", ReasonForm, ("reason",))


@signed_in
@once
def void(request, pk):
    return with_form(request, pk, "void", ReasonForm, ("reason",))


@signed_in
@once
def open(request, pk):
    return with_form(request, pk, "open", OpenForm)


@signed_in
@require_POST
@once
def sign_for(request, pk):
    bulletin = the_bulletin(request, pk)
    allow(access.can_sign_for(request.user, bulletin))
    units = units_of(request.user, Role.UNIT_CLERK, Role.UNIT_HEAD)
    actions.sign_for(bulletin=bulletin, units=units, by=request.user)
    return done(request, bulletin, "签收")
