"""The inbox and its settings."""

from django import forms
from django.contrib import messages
from django.core.mail import EmailMessage
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sanwei.core.doors import for_roles, signed_in
from sanwei.core.holding.models import standing
from sanwei.core.notifications import actions
from sanwei.core.notifications.access import KEEPERS_OF_MAIL
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage, Preference
from sanwei.core.roles import OFFICE_ROLES, roles_of
from sanwei.core.ui.pages import page_by_key

SHOWN = 50  # announcements that could not be told; further ones come up as these are seen to


@signed_in
def inbox(request):
    shown = Notification.objects.visible_to(request.user)
    if request.GET.get("unread"):
        shown = shown.unread()
    if request.GET.get("kind") in Notification.Kind.values:
        shown = shown.filter(kind=request.GET["kind"])
    page = {"page": page_by_key(shown, request, order=("-pk",)), "kinds": Notification.Kind.choices}
    return render(request, "core/notifications/inbox.html", page)


@signed_in
@require_POST
def open(request, pk):
    """Mark as read and go where it points."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    actions.read(notification)
    inside = url_has_allowed_host_and_scheme(notification.url, allowed_hosts=None)
    return redirect(notification.url if inside else "notifications:inbox")


@signed_in
@require_POST
def read_all(request):
    actions.read_all(request.user)
    messages.success(request, "已全部标为已读。")
    return redirect("notifications:inbox")


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = Preference
        fields = ["mail", "text"]
        help_texts = {"mail": "站内消息始终发送。", "text": "只在提醒和催办时发送，夜间和休息日不发。"}


@signed_in
def preferences(request):
    wish = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    form = PreferenceForm(request.POST or None, instance=wish)
    if form.is_valid():
        Preference.objects.update_or_create(user=request.user, defaults=form.cleaned_data)
        messages.success(request, "消息设置已保存。")
        return redirect("notifications:preferences")
    return render(request, "core/notifications/preferences.html", {"form": form})


@for_roles(*KEEPERS_OF_MAIL)
def parked(request):
    """What could not be told or sent, for a person to look at. What it says is the office's business alone."""
    if hold := standing():
        messages.warning(request, hold.warning())
    rows = OutboxMessage.objects.parked().select_related("user")
    page = {
        "announcements": Announcement.objects.parked().order_by("-pk")[:SHOWN],
        "page": page_by_key(rows, request, order=("-pk",)),
        "shows_titles": bool(roles_of(request.user) & OFFICE_ROLES),
    }
    return render(request, "core/notifications/parked.html", page)


@for_roles(*KEEPERS_OF_MAIL)
@require_POST
def send_again(request, pk):
    actions.send_again(get_object_or_404(OutboxMessage.objects.parked(), pk=pk))
    messages.success(request, "已重新排入发件箱。")
    return redirect("notifications:parked")


@for_roles(*KEEPERS_OF_MAIL)
@require_POST
def tell_again(request, pk):
    actions.tell_again(get_object_or_404(Announcement.objects.parked(), pk=pk))
    messages.success(request, "已重新排入，稍后通知有关人员。")
    return redirect("notifications:parked")


@for_roles(*KEEPERS_OF_MAIL)
@require_POST
def test_mail(request):
    """A test mail to oneself, with a diagnosis in plain words."""
    if not request.user.email:
        messages.error(request, "您的账号没有填写电子邮箱，请先在“我的账号”中填写。")
        return redirect("notifications:parked")
    try:
        EmailMessage(
            "三型机关创建管理平台测试邮件", "收到本邮件说明邮件发送正常。", to=[request.user.email]
        ).send()
    except OSError as error:
        messages.error(request, f"邮件服务器连接失败（{error}）。请核对邮件服务器地址、端口和防火墙设置。")
    else:
        messages.success(request, f"测试邮件已交给邮件服务器，请到{request.user.email}查收。")
    return redirect("notifications:parked")
