"""Every clock of the house on one page: name → (task of a room, when).

When is a crontab in the city's time, or seconds between two runs. Beat only knocks: what is due is decided by
the task from the database, so a missed or doubled knock does no harm.
"""

from celery.schedules import crontab

BEAT = {
    # name                        task                                             when
    "deliver outbox": ("sanwei.core.notifications.tasks.deliver", 5),
    "write exports": ("sanwei.core.exports.tasks.write", 5),
    "sweep exports": ("sanwei.core.exports.tasks.sweep", crontab(minute=20)),
    "sweep ownerless files": ("sanwei.core.attachments.tasks.sweep", crontab(hour=3, minute=30)),
    "seal audit entries": ("sanwei.core.audit.tasks.seal", 1),
    "sweep accounts": ("sanwei.core.accounts.tasks.sweep", crontab(hour=3, minute=10)),
    "remind of plan deadlines": ("units.plans.tasks.remind", crontab(minute="*/10")),
    "remind of task deadlines": ("units.rectification.tasks.remind", crontab(minute="*/10")),
    "let silence speak": ("assessments.inspections.findings.tasks.let_silence_speak", crontab(minute="*/10")),
    "remind of accountability cases": ("assessments.accountability.tasks.remind", crontab(minute="*/10")),
    "count tasks": ("units.rectification.tasks.count", 30),
    "fold kept counts": ("units.plans.tasks.fold_tallies", 60),
    "gather points": ("assessments.ledger.tasks.gather", crontab(minute=15)),
    "draft periodic bulletin": ("assessments.bulletins.tasks.draft_due", crontab(hour=8, minute=30)),
}
