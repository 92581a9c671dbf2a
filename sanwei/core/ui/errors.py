"""Pages that stop a person: drawn without database, session or context processors, so they always can be."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme


def refusal(request, status: int, message: str):
    """The answer to what cannot be done (`status`), saying why in `message`, in the form the caller reads."""
    request_id = getattr(request, "request_id", "")
    if wants_json(request):
        return JsonResponse({"message": message, "request_id": request_id}, status=status)
    if request.headers.get("HX-Request"):
        html = render_to_string("ui/_refusal.html", {"message": message, "request_id": request_id})
        headers = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML"}
        return HttpResponse(html, status=status, headers=headers)
    return stop_page(request, status, message=message)


def stop_page(request, status: int, template: str = "", **context) -> HttpResponse:
    """The full page of an error: `<status>.html` with the request number, the telephone and a way back."""
    page = {
        "request_id": getattr(request, "request_id", ""),
        "phone": settings.SANWEI_FOOTER["phone"],
        "back": came_from(request),
        "static": settings.STATIC_URL,
        **context,
    }
    return HttpResponse(render_to_string(template or f"{status}.html", page), status=status)


def wants_json(request) -> bool:
    """True for programs: the machine interface, the autosave, and whoever asks for JSON and not for HTML."""
    accepted = request.headers.get("Accept", "")
    by_program = request.path.startswith("/api/") or "X-Autosave" in request.headers
    return by_program or ("application/json" in accepted and "text/html" not in accepted)


def came_from(request) -> str:
    """The page of ours the person came from, if it is another than this one."""
    origin = request.META.get("HTTP_REFERER", "")
    try:
        host, secure = request.get_host(), request.is_secure()
    except DisallowedHost:  # the page that says so is drawn for such a request too
        return ""
    ours = url_has_allowed_host_and_scheme(origin, {host}, require_https=secure)
    return origin if ours and origin != request.build_absolute_uri() else ""
