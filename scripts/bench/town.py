"""The people of a populated house and what they do, as lists of requests to be measured."""

import functools
import itertools

from scripts.trial.client import Visitor

PASSWORD = "Sanwei-2027"
PLANS_IN = """
    SELECT units_plan.id, units_unit.code FROM units_plan
    JOIN units_campaign ON units_campaign.id = campaign_id AND units_campaign.state = 'open'
    JOIN units_unit ON units_unit.id = unit_id
    WHERE units_plan.state = %s ORDER BY unit_order DESC, units_plan.id
"""
TASKS_IN = """
    SELECT units_task.id, units_unit.code FROM units_task
    JOIN units_campaign ON units_campaign.id = campaign_id AND units_campaign.state = 'open'
    JOIN units_unit ON units_unit.id = unit_id
    WHERE units_task.state = %s AND suspended_on IS NULL ORDER BY unit_order DESC, units_task.id
"""
PEOPLE = "SELECT username, id FROM core_user WHERE username IN ('inspector', 'inspector2')"
INSPECTIONS = "/assessments/inspections/"
PLANS, TASKS = "/units/plans/", "/units/rectification/"
BOARD = f"{TASKS}board/"


def expect(answer, *statuses: int):
    """The answer, if it is what a working house gives; measuring errors would flatter."""
    if answer.status not in statuses:
        raise RuntimeError(f"answered {answer.status}: {answer.text[:2000]}")
    return answer


class Town:
    """The office and the units of one Side."""

    def __init__(self, side, home):
        self.side, self.home = side, home
        self.office = self.visitor("office")
        self.drafts, self.awaiting = iter(self.plans("draft")), iter(self.plans("awaiting_signature"))
        self.submitted, self.approved = self.plans("submitted"), self.plans("approved")
        plan, code = next(self.drafts)
        self.draft, self.clerk = plan, self.visitor(f"clerk-{code.lower()}")
        self.texts = itertools.count()
        self.task, code = self.side.ask(TASKS_IN, "in_progress")[0]
        self.worker = self.visitor(f"clerk-{code.lower()}")

    def visitor(self, username: str) -> Visitor:
        visitor = Visitor(self.side.line)
        visitor.sign_in(username, PASSWORD)
        return visitor

    def plans(self, state: str) -> list[tuple[int, str]]:
        return self.side.ask(PLANS_IN, state)

    def page(self, path: str, visitor=None):
        """A request for a page that must be there."""
        return lambda: expect((visitor or self.office).get(path), 200)

    def details(self, count: int) -> list:
        """Plans of every standing, each another one."""
        plans = itertools.chain.from_iterable(zip(self.submitted, self.approved, strict=False))
        return [self.page(f"{PLANS}{pk}/") for pk, _ in itertools.islice(plans, count)]

    def signings(self, count: int) -> list:
        """As many heads with the page of signature open before them, each about to press the button."""
        return [self.signing(*next(self.awaiting)) for _ in range(count)]

    def signing(self, plan: int, code: str):
        head = self.visitor(f"head-{code.lower()}")
        fields = {**expect(head.get(f"{PLANS}{plan}/sign/"), 200).hidden(), "not_secret": "on"}
        return lambda: expect(head.post(f"{PLANS}{plan}/sign/", fields), 302)

    def reports(self, count: int) -> list:
        """A clerk with the form of progress open so many times, about to hand it in."""
        return [self.report(10 + place % 80) for place in range(count)]

    def report(self, percent: int):
        path = f"{TASKS}{self.task}/record_progress/"
        fields = {**expect(self.worker.get(path), 200).hidden(), "percent": str(percent)}
        fields["text"] = f"第{next(self.texts)}次填报：已增开窗口，正在试行预约办理。"
        return lambda: expect(self.worker.post(path, fields), 302)

    def filings(self, count: int) -> list:
        """An inspector with the form of a finding open so many times, about to file it."""
        return [self.filing(place) for place in range(count)]

    def filing(self, place: int):
        inspector, path, fields = self.inspection()
        opened = expect(inspector.get(path), 200).hidden()
        said = {
            "facts": f"第{next(self.texts)}次检查：上午工作时间窗口无人值守12分钟。",
            "people_count": str(place % 3),
        }
        return lambda: expect(inspector.post(path, {**fields, **opened, **said}), 302)

    @functools.cache  # noqa: B019  one town lives as long as the measuring
    def inspection(self) -> tuple[Visitor, str, dict]:
        """An inspector, the address of the form of a finding in an inspection of his, and what he types each time."""
        inspector, people = self.visitor("inspector"), dict(self.side.ask(PEOPLE))
        [[unit]] = self.side.ask("SELECT id FROM units_unit ORDER BY id LIMIT 1")
        [[item]] = self.side.ask("SELECT id FROM assessments_findingclass WHERE code = 'A04'")
        path = f"{INSPECTIONS}plan/"
        form = expect(inspector.get(path), 200)
        team = {"team": [*people.values()], "leader": people["inspector"]}
        typed = {"kind": "undercover", "theme": "窗口服务作风暗访", **team}
        answer = expect(inspector.post(path, {**form.fields(), **typed}), 302)
        where = answer.headers["location"]
        form = expect(inspector.get(f"{where}add_unit/"), 200).hidden()
        expect(inspector.post(f"{where}add_unit/", {**form, "unit": unit, "reason": "群众反映"}), 302)
        expect(inspector.post(f"{where}start/", expect(inspector.get(where), 200).hidden()), 302)
        path = f"/assessments/findings/file/{where.rstrip('/').rpartition('/')[2]}/"
        fields = expect(inspector.get(path), 200).fields()
        fields |= {
            "unit": unit,
            "item": item,
            "place": "政务中心3号窗口",
            "severity": "moderate",
            "others": "代表甲",
        }
        return inspector, path, fields

    def autosaves(self, kind: str, count: int) -> list:
        """A clerk's browser saving what has been typed since."""
        return [functools.partial(self.autosave, kind) for _ in range(count)]

    def autosave(self, kind: str) -> None:
        fields = self.typed(kind)
        if "text" in fields:
            fields["text"] = (
                f"第{next(self.texts)}次修改。" + "坚持把创建活动与业务工作同部署、同落实、同检查。" * 20
            )
        else:
            fields["form-0-title"] = f"推行一窗受理、集成服务（{next(self.texts)}）"
        path = f"{PLANS}{self.draft}/edit/{kind}/"
        answer = expect(self.clerk.post(path, fields, **{"X-Autosave": "1"}), 200)
        fields["version"] = str(answer.json()["version"])

    @functools.cache  # noqa: B019  one town lives as long as the measuring
    def typed(self, kind: str) -> dict[str, str]:
        """The fields of a section's page, opened once."""
        return expect(self.clerk.get(f"{PLANS}{self.draft}/edit/{kind}/"), 200).fields()

    def sign_ins(self, count: int) -> list:
        return [self.sign_in_of(code) for _, code in itertools.islice(self.submitted, count)]

    def sign_in_of(self, code: str):
        visitor = Visitor(self.side.line)
        fields = visitor.get("/accounts/sign_in/").hidden()
        fields |= {"username": f"clerk-{code.lower()}", "password": PASSWORD}
        return lambda: expect(visitor.post("/accounts/sign_in/", fields), 302)


class Bare:
    """What the reference is asked for."""

    def __init__(self, side):
        self.side, self.visitor = side, Visitor(side.line)
        self.fields = expect(self.visitor.get("/add/"), 200).hidden()

    def lists(self, count: int) -> list:
        return [lambda: expect(self.visitor.get("/rows/"), 200)] * count

    def inserts(self, count: int) -> list:
        fields = {**self.fields, "title": "第1号实施方案", "state": "submitted"}
        return [lambda: expect(self.visitor.post("/add/", fields), 302)] * count
