"""What people may type about the documents of the library."""

from django import forms

from sanwei.core.ui.fields import DayField, LineField
from units.policies.models import Policy


class IssuersField(forms.CharField):
    """One organ on each line, in order; cleans to a list of names."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        typed = super().clean(value)
        return [line.strip() for line in typed.replace("、", "\n").splitlines() if line.strip()]


class PolicyForm(forms.Form):
    """The fields are those of units.policies.actions.FIELDS; `version` says which text was open."""

    kind = forms.ChoiceField(label="文种", choices=Policy.Kind)
    number_printed = LineField(
        label="文号",
        max_length=60,
        required=False,
        help_text="照原文填写，方括号、六角括号均可，例如：直创字〔2026〕3号。没有文号的留空。",
    )
    title = LineField(
        label="标题",
        max_length=200,
        help_text="不带书名号。",
        error_messages={"required": "请填写文件标题。"},
    )
    issuers = IssuersField(
        label="发文机关",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个，按发文顺序，联合发文党委在前、政府在后。",
        error_messages={"required": "请填写发文机关，一行一个。"},
    )
    issued_on = DayField(
        label="成文日期",
        required=False,
        help_text="例如：2026-03-05。有文号而日期不详的可留空。",
    )
    erratum = forms.CharField(
        label="勘误和说明",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="原文印误、文号存疑、全文缺失等情况，在此说明，不改动原文。",
    )
    full_text = forms.CharField(
        label="全文",
        max_length=200_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text="以“一、”“二、”开头的段落自动分为各部分。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FilterForm(forms.Form):
    """The filter bar of the library; what is not understood filters nothing."""

    q = forms.CharField(label="文号、标题或内容", required=False, max_length=100, widget=forms.SearchInput)
    kind = forms.ChoiceField(label="文种", required=False)
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="状态", required=False)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "全部"), *Policy.Kind.choices]
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in years)]
        self.fields["state"].choices = [("", "全部"), *Policy.State.choices]

    def narrow(self, policies):
        """The documents of `policies` that answer to what was chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            policies = policies.matching(words)
        return policies.filter(
            **{name: chosen[name] for name in ("kind", "year", "state") if chosen.get(name)}
        )
