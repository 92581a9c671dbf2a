"""What every answer carries, and what a refusal of an action becomes."""

from django.conf import settings

from sanwei.core.refusals import Refused
from sanwei.core.ui.errors import refusal


def content_policy(get_response):
    """The content security policy of the house, unless the answer brings a stricter one of its own."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.SANWEI_CONTENT_POLICY)
        return response

    return middleware


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
