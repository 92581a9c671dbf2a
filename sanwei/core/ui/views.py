"""Error pages of the whole site, and the size of type."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from sanwei.core.doors import public
from sanwei.core.ui.errors import refusal, stop_page

LARGE_TYPE = ("type", "large")  # cookie name and value
YEAR = 365 * 24 * 3600
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception=None):
    if isinstance(exception, TOO_LARGE):
        return refusal(request, 413, "提交的内容过大，未能接收。请减少附件的数量或大小后重新提交。")
    return refusal(request, 400, "请求的内容有误，未能办理。请返回上一页核对后重新提交。")


def permission_denied(request, exception=None):
    return refusal(request, 403, str(exception or "") or "您的岗位没有办理此事项的权限。")


def page_not_found(request, exception=None):
    return refusal(request, 404, "没有找到该页面，可能已被移除，或您无权查看。")


def csrf_failure(request, reason=""):
    """A POST without the page's key: the page was open for too long, or cookies are off."""
    return refusal(request, 403, "页面已失效，未能提交。请返回上一页并刷新，核对后重新提交。")


def server_error(request):
    """500, or 503 when the database cannot be reached; draws nothing that needs it."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = stop_page(request, 503)
        response["Retry-After"] = "60"
        return response
    return stop_page(request, 500)


@public
def type_size(request):
    """?type=large or normal: kept in a cookie of a year; back to ?next=, a page of ours."""
    target = request.GET.get("next", "")
    inside = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    ours = inside and target.startswith("/")
    response = redirect(target if ours else "/")
    name, large = LARGE_TYPE
    if request.GET.get("type") == large:
        secure = request.is_secure()
        response.set_cookie(name, large, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")
    return response
