"""When lights change, in the browser: what is in force, what was before, and a new rule by the head of the office."""

import dataclasses

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from sanwei.core import clock
from sanwei.core.doors import allow, signed_in
from sanwei.core.idempotency.once import once
from sanwei.core.roles import Role, roles_of
from sanwei.core.ui.fields import DayField, LineField
from sanwei.core.workdays.light_rules import history, limits_now, set_light_rule


def number(label, least, most):
    wrong = f"请填{least}至{most}的整数。"
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=messages)


class RuleForm(forms.Form):
    since = DayField(
        label="自",
        error_messages={"required": "请选择生效日期。"},
        help_text="最早为今天，已亮的灯不作追溯。",
    )
    near = number("临期黄灯：剩余工作日不超过", 0, 30)
    near_percent = number("临期黄灯：或剩余期限不超过总时限的百分之", 0, 100)
    behind = number("滞后黄灯：进度落后超过百分点", 0, 100)
    sent_back = number("退办红灯：退办达到次数", 1, 10)
    deep_red = number("深红灯：逾期达到工作日", 1, 100)
    reason = LineField(label="理由", max_length=200, error_messages={"required": "请写明理由。"})


def may_set(user) -> bool:
    return Role.OFFICE_HEAD in roles_of(user)


@signed_in
@once
def rules(request):
    """The rules, newest first; ?POST a new one."""
    limits = limits_now()
    form = RuleForm(request.POST or None, initial={**dataclasses.asdict(limits), "since": clock.today()})
    if request.method == "POST":
        allow(may_set(request.user))
        if form.is_valid() and entered(request, form):
            return redirect("workdays:light_rules")
    page = {"limits": limits, "form": form, "may_set": may_set(request.user)}
    page["rules"] = history()
    return render(request, "core/workdays/light_rules.html", page, status=422 if form.is_bound else 200)


def entered(request, form) -> bool:
    """Whether the rule was set; if not, the form says why."""
    try:
        rule = set_light_rule(by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"亮灯规则已设定，自{rule.since:%Y-%m-%d}起生效。")
    return True
