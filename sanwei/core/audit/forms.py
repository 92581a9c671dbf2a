"""What the auditor filters by."""

from django import forms

from sanwei.core.ui.widgets import DayInput


class EntryFilter(forms.Form):
    since = forms.DateField(label="自", required=False, widget=DayInput())
    until = forms.DateField(label="至", required=False, widget=DayInput())
    actor = forms.CharField(label="办理人", required=False)
    label = forms.CharField(label="动作", required=False)
    about = forms.CharField(label="对象", required=False)
