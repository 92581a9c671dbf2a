"""What the auditor filters by."""

from django import forms

from sanwei.core.ui.fields import DayField


class EntryFilter(forms.Form):
    since = DayField(label="自", required=False)
    until = DayField(label="至", required=False)
    actor = forms.CharField(label="办理人", required=False)
    label = forms.CharField(label="动作", required=False)
    about = forms.CharField(label="对象", required=False)
