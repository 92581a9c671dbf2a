"""That two accounts are one person's is recorded by the security administrator and counts at once (AUTHZ-14)."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.bulletins import actions as bulletins
from sanwei.core.accounts import actions
from sanwei.core.accounts.models import User
from sanwei.core.audit.models import Entry
from sanwei.core.refusals import Refused
from sanwei.core.roles import Role
from tests import make
from tests.security.workflows import NOW, a_bulletin
from units.organisation.actions import appoint, delegate

pytestmark = pytest.mark.django_db
PAGE = "/admin/core/identity/"
WHY = "同名同岗，经本人确认"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def second(cast) -> User:
    """陈静's second account, which is head of the office; nobody has said yet that it is hers."""
    return make.holder(Role.OFFICE_HEAD, "陈静")


@pytest.fixture
def keeper(db) -> Client:
    """The security administrator at the keepers' site."""
    browser = Client()
    browser.force_login(make.holder(Role.SECURITY_ADMIN))
    return browser


def does(browser, verb, *accounts, reason=WHY) -> str:
    """What the page says after one of its actions."""
    words = {"action": verb, "_selected_action": [account.pk for account in accounts], "reason": reason}
    return browser.post(PAGE, words, follow=True).content.decode()


def persons(*accounts) -> int:
    return (
        User.objects.filter(pk__in=[account.pk for account in accounts]).values("person").distinct().count()
    )


def signed(cast, account) -> bool:
    """Whether the account may sign what 陈静 drafted."""
    bulletin = bulletins.request_review(bulletin=a_bulletin(cast, "draft"), by=cast.officer)
    try:
        bulletins.sign(bulletin=bulletin, by=User.objects.get(pk=account.pk))
    except Refused as refused:
        return "签发人不能是拟稿人" not in refused.message
    return True


def test_authz_14_a_linked_second_account_of_the_drafter_does_not_sign(cast, second, keeper):
    page = does(keeper, "link", cast.officer, second)

    assert f"账号{second.username}已办理。" in page
    assert signed(cast, second) is False


def test_authz_14_control_without_the_link_it_does(cast, second):
    assert signed(cast, second) is True


def test_authz_14_a_link_that_was_wrong_is_undone(cast, second, keeper):
    does(keeper, "link", cast.officer, second)
    does(keeper, "unlink", second, reason="认定有误")

    assert persons(cast.officer, second) == 2
    assert signed(cast, second) is True


def test_authz_14_both_are_in_the_record_with_who_and_why(cast, second, keeper):
    does(keeper, "link", cast.officer, second)
    does(keeper, "unlink", second, reason="认定有误")
    entries = Entry.objects.about(second).order_by("pk").values_list("verb", "actor_name", "detail")

    assert [*entries] == [
        ("link_accounts", "周明", {"with_account": cast.officer.username, "reason": WHY}),
        ("unlink_account", "周明", {"from_accounts": [cast.officer.username], "reason": "认定有误"}),
    ]


def test_a_third_account_joins_the_person_with_all_that_were_linked_to_it(cast, second, keeper):
    third = make.user("陈静")
    does(keeper, "link", second, third)
    does(keeper, "link", cast.officer, third)

    assert persons(cast.officer, second, third) == 1


def test_the_sessions_of_both_accounts_go_on(cast, second, keeper, client):
    client.force_login(second)
    before = client.get("/desk/").status_code
    does(keeper, "link", cast.officer, second)

    assert (before, client.get("/desk/").status_code) == (200, 200)


@pytest.mark.parametrize(
    ("verb", "reason", "said"),
    [
        ("link", " ", "请填写理由，以备审计核查。"),
        ("unlink", WHY, "未与其他账号认定为同一人，无须解除。"),
    ],
)
def test_a_refusal_says_what_to_do_and_changes_nothing(cast, second, keeper, verb, reason, said):
    page = does(keeper, verb, cast.officer, second, reason=reason)

    assert said in page
    assert persons(cast.officer, second) == 2


def test_one_account_alone_is_linked_to_nothing(second, keeper):
    assert "请勾选属于同一人的两个以上账号" in does(keeper, "link", second)


def test_linking_twice_is_refused(cast, second, keeper):
    does(keeper, "link", cast.officer, second)

    assert "已是同一人，无须重复认定。" in does(keeper, "link", cast.officer, second)


def test_authz_14_nobody_undoes_the_link_of_an_account_of_their_own(cast, second):
    actions.link_accounts(user=second, other=cast.officer, reason=WHY, by=cast.office_head)

    with pytest.raises(Refused, match="不能解除本人账号的认定"):
        actions.unlink_account(user=second, reason=WHY, by=User.objects.get(pk=cast.officer.pk))


def test_the_system_administrator_who_makes_accounts_does_not_link_them(cast, second, client):
    client.force_login(make.holder(Role.SYSTEM_ADMIN))
    client.post(PAGE, {"action": "link", "_selected_action": [cast.officer.pk, second.pk], "reason": WHY})

    assert persons(cast.officer, second) == 2


def test_posts_that_exclude_each_other_are_counted_by_person(cast, second, keeper):
    auditor = make.holder(Role.AUDIT_ADMIN)
    page = does(keeper, "link", second, auditor)

    assert "系统管理员、安全管理员、安全审计员不得兼任业务岗位" in page
    with pytest.raises(Refused, match="不得兼任业务岗位"):
        appoint(user=User.objects.get(pk=auditor.pk), role=Role.OFFICE, by=cast.officer)


def test_a_person_does_not_stand_in_for_themselves_under_another_account(cast, second):
    actions.link_accounts(user=second, other=cast.officer, reason=WHY, by=cast.office_head)
    post, today = cast.officer.posts.get(), NOW.date()

    with pytest.raises(ValidationError, match="代理人不能是本人"):
        delegate(
            post=post,
            user=User.objects.get(pk=second.pk),
            starts_on=today,
            ends_on=today,
            by=cast.office_head,
        )


def test_the_list_asks_as_much_for_one_as_for_three(cast, keeper):
    keeper.get(PAGE)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            keeper.get(PAGE)
        costs.append(len(asked))
        make.user("新人"), make.user("新人")

    assert costs[0] == costs[1]
