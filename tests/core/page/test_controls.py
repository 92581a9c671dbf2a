"""A control of a filter bar, drawn once and kept, is what Django would have drawn."""

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from sanwei.core.page.parts import control

CHOICES = [("", "全部"), ("a", "甲 <b>"), ("b", gettext_lazy("Yes"))]


class Bar(forms.Form):
    plain = forms.ChoiceField(choices=CHOICES, required=False)
    required = forms.ChoiceField(choices=CHOICES)
    marked = forms.ChoiceField(choices=CHOICES, required=False, widget=forms.Select(attrs={"data-live": "1"}))
    grouped = forms.ChoiceField(choices=[("甲组", [("a", "甲")]), ("b", "乙")], required=False)
    several = forms.MultipleChoiceField(choices=CHOICES, required=False)
    words = forms.CharField(required=False)
    ticked = forms.BooleanField(required=False)


@pytest.mark.parametrize("chosen", ["", "a", "b", "不在其中", "<script>"])
@pytest.mark.parametrize("name", ["plain", "required", "marked", "grouped", "several"])
def test_a_control_is_what_django_draws(name, chosen):
    field = Bar({name: chosen})[name]

    for _ in range(2):  # the second is the kept one
        assert control(field) == field.as_widget(attrs={"class": "form-select"})


@pytest.mark.parametrize(("name", "look"), [("words", "form-control"), ("ticked", "form-check-input")])
def test_other_controls_bear_their_own_look(name, look):
    field = Bar({name: "x"})[name]

    assert control(field) == field.as_widget(attrs={"class": look})
