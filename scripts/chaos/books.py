"""The books after the storm: what was acknowledged against what stands in the database."""

import dataclasses
import email
import email.header
from collections import Counter
from pathlib import Path

# For each plan: versions, receipts, entries, what was announced to the clerk and to the office, whether it stands as filed.
FILED = """
    SELECT p.id,
      (SELECT count(*) FROM units_planversion v WHERE v.plan_id = p.id),
      (SELECT count(DISTINCT v.receipt_number) FROM units_planversion v WHERE v.plan_id = p.id),
      (SELECT count(*) FROM core_entry e
         WHERE e.object_type = 'units.plan' AND e.object_id = p.id::text AND e.verb = 'sign'),
      (SELECT count(*) FROM core_announcement a WHERE a.key LIKE 'plan:' || p.id || ':%%:sign-_'),
      (SELECT count(*) FROM core_announcement a WHERE a.key LIKE 'plan:' || p.id || ':sign-_:office'),
      p.state = 'submitted' AND p.submitted_at IS NOT NULL AND p.latest_version_id IS NOT NULL
    FROM units_plan p WHERE p.id = ANY(%s)
"""
# For each plan: announcements of its filing that were told, people told of it in the site, mails to the clerk.
TOLD = """
    SELECT p.id,
      (SELECT count(*) FROM core_announcement a WHERE a.key LIKE 'plan:' || p.id || ':%%sign-%%' AND a.told_at IS NOT NULL),
      (SELECT count(*) FROM core_notification n WHERE n.key LIKE 'plan:' || p.id || ':%%:sign-_'),
      (SELECT count(*) FROM core_notification n WHERE n.key LIKE 'plan:' || p.id || ':sign-_:office'),
      (SELECT count(*) FROM core_outboxmessage o WHERE o.dedup_key LIKE 'mail:%%:plan:' || p.id || ':%%:sign-_')
    FROM units_plan p WHERE p.id = ANY(%s)
"""
HOLDERS = """
    SELECT count(DISTINCT o.user_id) FROM units_post o JOIN core_user u ON u.id = o.user_id AND u.is_active
    WHERE o.role IN ('office', 'office_head') AND o.starts_on <= current_date AND (o.ends_on IS NULL OR o.ends_on >= current_date)
"""
REMINDED = """
    SELECT p.id, (SELECT count(*) FROM units_reminder r WHERE r.plan_id = p.id),
      (SELECT count(*) FROM core_notification n WHERE n.object_id = p.id AND n.kind = 'reminder')
    FROM units_plan p JOIN units_campaign c ON c.id = p.campaign_id AND c.state = 'open'
    WHERE p.submitted_at IS NULL
"""
CLERK_AND_HEAD = 2  # people told by a reminder
# One version, one receipt, one entry, one announcement for each circle, filed; or nothing at all.
WHOLE, NOTHING = (1, 1, 1, 1, 1, True), (0, 0, 0, 0, 0, False)


@dataclasses.dataclass(frozen=True)
class Books:
    """Counts; all but `acknowledged`, `unacknowledged` and `mails` must be nought."""

    acknowledged: int
    unacknowledged: int
    lost: int
    twice: int
    halves: int  # plans whose version, record, receipt, announcements or state do not go together
    not_told_once: int  # filings of which the clerk and each of the office were not told exactly once
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
    plans = [filing.plan for filing in filings]
    rows = {row[0]: row[1:] for row in world.ask(FILED, plans)}
    told = {row[0]: row[1:] for row in world.ask(TOLD, plans)}
    office = world.one(HOLDERS)
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
        halves=sum(row not in (NOTHING, WHOLE) for row in rows.values()),
        not_told_once=sum(
            told[plan] != ((2, 1, office, 1) if row == WHOLE else (0,) * 4) for plan, row in rows.items()
        ),
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


def message_ids(folder: Path):
    """The Message-ID of every mail in the folder of the file channel."""
    for file in folder.glob("*.log"):
        for text in file.read_text(errors="replace").split("-" * 79 + "\n"):
            message = email.message_from_string(text)
            if message["Message-ID"]:
                yield message["Message-ID"].strip()
