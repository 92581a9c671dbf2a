"""Addresses of the cases; a verb's address is the verb."""

from django.urls import path

from assessments.accountability.views import handlers, pages, verbs

app_name = "accountability"
urlpatterns = [
    path("", pages.list, name="list"),
    path("export/", handlers.export, name="export"),
    path("numbers/", pages.numbers, name="numbers"),
    path("register/", handlers.register, name="register"),
    path("scheme/", handlers.scheme, name="scheme"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/looks/", pages.looks, name="looks"),
    path("<int:pk>/notices/<int:key>/", pages.notice, name="notice"),
    path("<int:pk>/notices/<int:key>/sign/", verbs.sign_notice, name="sign_notice"),
    path("<int:pk>/verify/", verbs.verify, name="verify"),
    path("<int:pk>/name_respondents/", handlers.name_respondents, name="name_respondents"),
    path("<int:pk>/notify_facts/", verbs.notify_facts, name="notify_facts"),
    path("<int:pk>/notify_again/", verbs.notify_again, name="notify_again"),
    path("<int:pk>/make_statement/", verbs.make_statement, name="make_statement"),
    path("<int:pk>/propose/", verbs.propose, name="propose"),
    path("<int:pk>/decide/", verbs.decide, name="decide"),
    path("<int:pk>/execute/", verbs.execute, name="execute"),
    path("<int:pk>/appeal/", verbs.appeal, name="appeal"),
    path("<int:pk>/uphold/", verbs.uphold, name="uphold"),
    path("<int:pk>/amend/", verbs.amend, name="amend"),
    path("<int:pk>/revoke/", verbs.revoke, name="revoke"),
    path("<int:pk>/release/", verbs.release, name="release"),
    path("<int:pk>/issue_notice/", verbs.issue_notice, name="issue_notice"),
    path("<int:pk>/not_pursue/", verbs.not_pursue, name="not_pursue"),
    path("<int:pk>/terminate/", verbs.terminate, name="terminate"),
]
