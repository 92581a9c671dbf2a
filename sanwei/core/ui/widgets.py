"""Controls that several rooms share."""

from django import forms


class DayInput(forms.DateInput):
    """The browser's own day picker; it understands ISO dates only, whatever the locale."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")
