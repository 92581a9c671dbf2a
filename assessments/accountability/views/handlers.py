"""What those who handle cases do besides the verbs: registering, naming respondents, the register, the scheme."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from assessments.accountability import access, actions, origins, schemes
from assessments.accountability.forms import (
    BLANK_ROWS,
    MOST_ROWS,
    ConcernedForm,
    RegisterForm,
    RespondentFormSet,
    SchemeForm,
)
from assessments.accountability.models import EscalationRule
from assessments.accountability.views.fetch import known_only_to, ready_for
from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Refused
from units.campaigns.models import opened_campaign


def campaign_now():
    campaign = opened_campaign()
    if campaign is None:
        raise Refused("没有正在进行的创建活动，不能登记线索。请先启动本年度创建活动。")
    return campaign


@signed_in
@once
def export(request):
    """The register as filtered, every row of it, as Excel (T14): in the background and with a reason, however short."""
    known_only_to(access.can_export(request.user))
    return answer(request, "accountability", reason_always=True)


def more_rows(request) -> dict | None:
    """The posted form with more blank rows, where the button for it was pressed; it works without scripts."""
    if "more" not in request.POST:
        return None
    typed = request.POST.copy()
    asked = typed.get("rows-TOTAL_FORMS", "")
    total = int(asked) if asked.isdecimal() and len(asked) < 4 else BLANK_ROWS
    typed["rows-TOTAL_FORMS"] = min(total + BLANK_ROWS, MOST_ROWS)
    return typed


def persons_agree(form, rows) -> bool:
    """Whether form and rows are in order, and agree with each other; what is wrong is said in the form."""
    if not (form.is_valid() and rows.is_valid()):
        return False
    if wrong := rows.agrees_with(form.cleaned_data["concerned"]):
        form.add_error("concerned", wrong)
    return not wrong


def register_page(request, form, rows, campaign):
    page = {"form": form, "rows": rows, "campaign": campaign}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/accountability/register.html", page, status=status)


@signed_in
@once
def register(request):
    """线索登记 of what a person types."""
    known_only_to(access.can_register(request.user))
    campaign = campaign_now()
    if typed := more_rows(request):
        form, rows = RegisterForm(initial=typed.dict()), RespondentFormSet(typed, prefix="rows")
        return register_page(request, form, rows, campaign)
    begun = origins.filled_in(request.GET.get("origin", ""), request.user)
    form = RegisterForm(request.POST or None, initial=begun)
    rows = RespondentFormSet(request.POST or None, prefix="rows")
    if request.method == "POST" and persons_agree(form, rows):
        words = form.cleaned_data
        words |= origins.source_of(words, request.user)
        try:
            case = actions.register(campaign=campaign, by=request.user, respondents=rows.persons(), **words)
        except Refused as refusal:  # a colleague, or the same person twice: what was typed stays
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已登记，编号{case.number}。")
            return redirect(case)
    return register_page(request, form, rows, campaign)


@signed_in
@once
def name_respondents(request, pk):
    """确定追究对象: the rows as they stand, to be corrected."""
    case = ready_for(request, pk, "name_respondents")
    typed = more_rows(request)
    posted = typed or request.POST or None
    known = [*case.respondents.exclude(kind="unit").in_order().values("name", "kind", "department", "title")]
    form = ConcernedForm(
        None if typed else posted, initial={"concerned": (typed or {}).get("concerned", case.concerned)}
    )
    rows = RespondentFormSet(posted, prefix="rows", initial=None if posted else known)
    if request.method == "POST" and not typed and persons_agree(form, rows):
        try:
            actions.name_respondents(
                case=case, by=request.user, respondents=rows.persons(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "追究对象已确定。")
            return redirect(case)
    page = {"case": case, "form": form, "rows": rows, "cancel_url": case.get_absolute_url()}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/accountability/respondents.html", page, status=status)


@signed_in
@once
def scheme(request):
    """累计追究办法: which is in force, what was before; ?POST another one by the head of the office."""
    known_only_to(access.can_register(request.user))
    form = SchemeForm(request.POST or None)
    if request.method == "POST":
        allow(access.can_set_scheme(request.user))
        if form.is_valid() and entered(request, form):
            return redirect("accountability:scheme")
    page = {
        "form": form,
        "rules": EscalationRule.objects.current(),
        "may_set": access.can_set_scheme(request.user),
        "steps": schemes.table(),
        "now": schemes.scheme_now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessments/accountability/scheme.html", page, status=status)


def entered(request, form) -> bool:
    """Whether the scheme was set; if not, the form says why."""
    try:
        rule = schemes.set_scheme(by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"累计追究办法已设定，自{rule.since:%Y-%m-%d}起执行。")
    return True
