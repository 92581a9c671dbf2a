"""Signing in and out, the password, the second factor, one's own account."""

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as otp_login

from sanwei.core.accounts import actions, second_factor
from sanwei.core.accounts.forms import AddressForm, CodeForm, PasswordForm, SignInForm
from sanwei.core.accounts.middleware import begin_session
from sanwei.core.accounts.throttle import TooMany
from sanwei.core.audit.context import origin
from sanwei.core.audit.models import Entry
from sanwei.core.doors import before_ready, public, signed_in

BACKEND = "sanwei.core.accounts.backends.AccountBackend"


def next_page(request) -> str:
    """Where to go after signing in: the page asked for, if it is an address of ours; else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours and wanted.startswith("/") else "portal:desk"


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request):
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_page(request))
    form, status, retry = SignInForm(request.POST or None), 200, 0
    if form.is_valid():
        try:
            user = actions.verify(**form.cleaned_data, address=origin.get().address or "0.0.0.0")
        except ValidationError as error:
            form.add_error(None, error)
        except TooMany as wait:
            form.add_error(None, wait.message)
            status, retry = wait.status, wait.seconds
        else:
            login(request, user, backend=BACKEND)
            begin_session(request)
            return redirect(next_page(request))
    page = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    status = 422 if form.is_bound and status == 200 else status
    response = render(request, "core/accounts/sign_in.html", page, status=status)
    if retry:
        response["Retry-After"] = str(retry)
    return response


@public
@require_POST
def sign_out(request):
    logout(request)
    messages.success(request, "已退出登录。")
    return redirect("accounts:sign_in")


@before_ready
@signed_in
@never_cache
@sensitive_post_parameters()
def change_password(request):
    form = PasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            actions.change_password(user=request.user, password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, "密码已修改，其他地点的登录已退出。")
            return redirect("portal:desk")
    page = {"form": form, "first": request.user.must_change_password}
    return render(request, "core/accounts/password.html", page, status=422 if form.is_bound else 200)


@before_ready
@signed_in
@never_cache
def enrol(request):
    """Set up the second factor; recovery codes are shown once."""
    device = second_factor.new_device(request.user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if device.verify_token(form.cleaned_data["code"].strip()):
            codes = actions.enrol(user=request.user, device=device)
            request.session["has_device"] = True
            update_session_auth_hash(request, request.user)
            otp_login(request, device)
            return render(request, "core/accounts/recovery_codes.html", {"codes": codes})
        form.add_error("code", "验证码不正确或已过期，请输入认证器当前显示的6位数字。")
    page = {
        "form": form,
        "picture": second_factor.picture(device),
        "secret": second_factor.secret_text(device),
    }
    return render(request, "core/accounts/enrol.html", page, status=422 if form.is_bound else 200)


@before_ready
@signed_in
@never_cache
def verify_second_factor(request):
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = second_factor.accepted(request.user, form.cleaned_data["code"])
        if device:
            otp_login(request, device)
            request.session.cycle_key()
            return redirect(next_page(request))
        form.add_error("code", "验证码不正确、已用过或已过期，请等认证器显示下一个验证码再输入。")
    return render(
        request, "core/accounts/second_factor.html", {"form": form}, status=422 if form.is_bound else 200
    )


@signed_in
def account(request):
    """我的账号: posts, addresses, password, second factor, the last sign-ins."""
    form = AddressForm(request.POST or None, instance=request.user)
    if form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.edit_account(user=request.user, by=request.user, **changed)
        messages.success(request, "联系方式已保存。")
        return redirect("accounts:account")
    sign_ins = Entry.objects.about(request.user).filter(verb__in=["sign_in", "sign_in_failed"])[:10]
    page = {"form": form, "sign_ins": sign_ins, "has_device": request.session.get("has_device")}
    return render(request, "core/accounts/account.html", page, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def end_sessions(request):
    """Sign out everywhere, here too."""
    actions.end_sessions(user=request.user, by=request.user)
    logout(request)
    messages.success(request, "已在全部地点退出登录。")
    return redirect("accounts:sign_in")
