"""Addresses of the tasks; a verb's address is the verb."""

from django.urls import path

from units.rectification.views import boards, office, pages, verbs

app_name = "rectification"
urlpatterns = [
    path("", pages.list, name="list"),
    path("export/", pages.export, name="export"),
    path("board/", boards.city, name="board"),
    path("board/export/", boards.export, name="export_board"),
    path("board/<int:pk>/", boards.unit, name="unit_board"),
    path("urge/", office.urge_list, name="urge_list"),
    path("open/", office.open, name="open"),
    path("open_from_weakness/<int:pk>/<slug:uid>/", office.open_from_weakness, name="open_from_weakness"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/print/", pages.printed, name="print"),
    path("<int:pk>/sheets/<int:key>/", pages.sheet, name="sheet"),
    path("<int:pk>/sheets/<int:key>/sign/", verbs.sign_urging, name="sign_urging"),
    path("<int:pk>/assistance/<int:key>/", verbs.assist, name="assist"),
    path("<int:pk>/papers/", pages.upload, name="upload"),
    path("<int:pk>/papers/<uuid:paper>/remove/", pages.take_out, name="take_out"),
    path("<int:pk>/sign_for/", verbs.sign_for, name="sign_for"),
    path("<int:pk>/delegate/", verbs.delegate, name="delegate"),
    path("<int:pk>/record_progress/", verbs.record_progress, name="record_progress"),
    path("<int:pk>/report_done/", verbs.report_done, name="report_done"),
    path("<int:pk>/confirm/", verbs.confirm, name="confirm"),
    path("<int:pk>/hand_back/", verbs.hand_back, name="hand_back"),
    path("<int:pk>/verify/", verbs.verify, name="verify"),
    path("<int:pk>/send_back/", verbs.send_back, name="send_back"),
    path("<int:pk>/request_extension/", verbs.request_extension, name="request_extension"),
    path("<int:pk>/sign_extension/", verbs.sign_extension, name="sign_extension"),
    path("<int:pk>/hand_back_extension/", verbs.hand_back_extension, name="hand_back_extension"),
    path("<int:pk>/grant_extension/", verbs.grant_extension, name="grant_extension"),
    path("<int:pk>/refuse_extension/", verbs.refuse_extension, name="refuse_extension"),
    path("<int:pk>/decline/", verbs.decline, name="decline"),
    path("<int:pk>/reassign/", verbs.reassign, name="reassign"),
    path("<int:pk>/suspend/", verbs.suspend, name="suspend"),
    path("<int:pk>/resume/", verbs.resume, name="resume"),
    path("<int:pk>/cancel/", verbs.cancel, name="cancel"),
    path("<int:pk>/urge/", verbs.urge, name="urge"),
]
