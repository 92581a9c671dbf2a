"""Fields that several rooms share."""

from django import forms

from sanwei.core.days import read_day
from sanwei.core.ui.widgets import DayInput


class DayField(forms.DateField):
    """A day: picked where the browser has a picker, else typed in any way an office writes it (core/days.py)."""

    widget = DayInput
    default_error_messages = {
        "invalid": "看不懂这个日期，请写成2027-03-05或2027年3月5日。",
    }

    def to_python(self, value):
        if not isinstance(value, str) or value.strip() in self.empty_values:
            return super().to_python(value)
        day = read_day(value)
        if day is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
