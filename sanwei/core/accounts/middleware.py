from django.core.exceptions import ImproperlyConfigured


def session_limits(get_response):
    return get_response


class DoorMiddleware:
    """Default deny: a view without a door is never run (AUTHZ-01)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not hasattr(view, "door") and not view.__module__.startswith("django."):
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} declares no door")
