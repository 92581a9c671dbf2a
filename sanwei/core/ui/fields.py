"""Fields that several rooms share."""

from django import forms

from sanwei.core.days import read_day
from sanwei.core.lines import in_one_line
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


class LineField(forms.CharField):
    """A name or a title. Browsers leave line breaks out of such a field; what is sent without one is treated alike."""

    def to_python(self, value):
        return super().to_python(in_one_line(value) if isinstance(value, str) else value)
