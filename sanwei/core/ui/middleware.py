"""Turns a refusal of an action into an answer the person can act on."""

from sanwei.core.refusals import Refused
from sanwei.core.ui.errors import refusal


class RefusalMiddleware:
    """Answers Refused with its status and its message: a page, a fragment for htmx, JSON for programs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return refusal(request, exception.status, exception.message)
        return None
