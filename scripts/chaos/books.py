"""The books after the storm: what was acknowledged against what stands in the database."""

import dataclasses
import email
import email.header
from collections import Counter
from pathlib import Path

# For each plan: rows of the version, of the record, of the outbox (the clerk's mail), and notices to the clerk.
FILED = """
    SELECT p.id,
      (SELECT count(*) FROM units_planversion v WHERE v.plan_id = p.id),
      (SELECT count(DISTINCT v.receipt_number) FROM units_planversion v WHERE v.plan_id = p.id),
      (SELECT count(*) FROM core_entry e
         WHERE e.object_type = 'units.plan' AND e.object_id = p.id::text AND e.verb = 'sign'),
      (SELECT count(*) FROM core_outboxmessage o WHERE o.dedup_key LIKE '%%:plan:' || p.id || ':%%:sign-%%'),
      (SELECT count(*) FROM core_notification n WHERE n.object_id = p.id AND n.key LIKE '%%:sign-_'),
      p.state = 'submitted' AND p.submitted_at IS NOT NULL AND p.latest_version_id IS NOT NULL
    FROM units_plan p WHERE p.id = ANY(%s)
"""
REMINDED = """
    SELECT p.id, (SELECT count(*) FROM units_reminder r WHERE r.plan_id = p.id),
      (SELECT count(*) FROM core_notification n WHERE n.object_id = p.id AND n.kind = 'reminder')
    FROM units_plan p JOIN units_campaign c ON c.id = p.campaign_id AND c.state = 'open'
    WHERE p.submitted_at IS NULL
"""
CLERK_AND_HEAD = 2  # people told by a reminder


@dataclasses.dataclass(frozen=True)
class Books:
    """Counts; all but `acknowledged`, `unacknowledged` and `mails` must be nought."""

    acknowledged: int
    unacknowledged: int
    lost: int
    twice: int
    halves: int  # plans whose version, record, receipt, outbox row or state do not go together
    reminded_twice: int
    not_reminded: int
    mails: int
    mailed_twice: int  # two mails of different Message-ID for one message
    not_mailed: int
    unsealed: int
    refused: int

    def faults(self) -> dict[str, int]:
        expected = ("acknowledged", "unacknowledged", "mails")
        return {name: n for name, n in dataclasses.asdict(self).items() if n and name not in expected}


def close(world, filings, mail: Path) -> Books:
    """Count everything once."""
    rows = {row[0]: row[1:] for row in world.ask(FILED, [filing.plan for filing in filings])}
    acknowledged = [filing for filing in filings if filing.receipt]
    versions = {plan: row[0] for plan, row in rows.items()}
    reminders = world.ask(REMINDED)
    sent = world.one("SELECT count(*) FROM core_outboxmessage WHERE channel = 'mail' AND sent_at IS NOT NULL")
    posted = Counter(message_ids(mail))
    return Books(
        acknowledged=len(acknowledged),
        unacknowledged=len(filings) - len(acknowledged),
        lost=sum(versions[filing.plan] == 0 for filing in acknowledged),
        twice=sum(count > 1 for count in versions.values()),
        halves=sum(row not in ((0, 0, 0, 0, 0, False), whole(row)) for row in rows.values()),
        reminded_twice=sum(rows > 1 or told > CLERK_AND_HEAD for _, rows, told in reminders),
        not_reminded=sum(rows == 0 or told < CLERK_AND_HEAD for _, rows, told in reminders),
        mails=sent,
        mailed_twice=max(0, len(posted) - sent),
        not_mailed=max(0, sent - len(posted)),
        unsealed=world.one(
            "SELECT count(*) FROM core_entry LEFT JOIN core_seal s ON s.entry_id = core_entry.id WHERE s IS NULL"
        ),
        refused=sum(bool(filing.refusal) for filing in filings),
    )


def whole(row) -> tuple:
    """One version, one receipt, one entry, one mail to the clerk, as many notices as there were people to tell, filed."""
    return (1, 1, 1, 1, row[4], True)


def message_ids(folder: Path):
    """The Message-ID of every mail in the folder of the file channel."""
    for file in folder.glob("*.log"):
        for text in file.read_text(errors="replace").split("-" * 79 + "\n"):
            message = email.message_from_string(text)
            if message["Message-ID"]:
                yield message["Message-ID"].strip()
