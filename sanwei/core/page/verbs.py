"""The buttons of one kind of record: each fetches, asks access, calls one action, and goes back to the record."""

import dataclasses
from collections.abc import Callable
from types import ModuleType

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from sanwei.core.doors import allow
from sanwei.core.workflow import require_open


@dataclasses.dataclass(frozen=True)
class Verbs:
    """`name` is what actions, forms and templates call the record; `fetch(request, pk)` is the one road to it."""

    name: str
    fetch: Callable
    access: ModuleType
    template: str

    def allowed(self, request, pk, verb):
        """The record, if this person may see it (else 404) and take `verb` on it (else 403)."""
        row = self.fetch(request, pk)
        allow(getattr(self.access, f"can_{verb}")(request.user, row))
        return row

    def done(self, request, row, verb):
        messages.success(request, f"已{row.TRANSITIONS[verb].label}。")
        return redirect(row)

    def at_once(self, request, pk, verb, action, **words):
        """A verb that needs no words."""
        row = self.allowed(request, pk, verb)
        action(**{self.name: row}, by=request.user, **words)
        return self.done(request, row, verb)

    def typed(self, request, pk, verb, action, make_form, takes_row=True, **words):
        """A verb with a form of its own: what was typed goes to the action by name; what it refuses comes back with it.

        The form gets the record too, unless it asks for nothing of it (`takes_row`). `words` go to the action besides.
        """
        row = self.allowed(request, pk, verb)
        require_open(row, verb)
        given = {self.name: row} if takes_row else {}
        form = make_form(request.POST or None, **given)
        if form.is_valid():
            try:
                action(**{self.name: row}, by=request.user, **form.cleaned_data, **words)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return self.done(request, row, verb)
        return self.page(request, row, verb, form)

    def page(self, request, row, verb, form):
        """The verb's own page: what will happen, and the form with what was typed."""
        page = {self.name: row, "verb": verb, "move": row.TRANSITIONS[verb], "form": form}
        return render(request, self.template, page, status=422 if form.is_bound else 200)
