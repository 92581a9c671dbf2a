"""The ways out: mail by Django's backend, text messages by an adapter named in the settings."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from sanwei.core.lines import in_one_line
from sanwei.core.notifications.models import OutboxMessage

logger = logging.getLogger(__name__)
TEXT_LIMIT = 70  # characters of one text message (dossier H6)


class ConsoleTextMessages:
    """The adapter of the demo: writes what would be sent to the log, with the number masked."""

    def send(self, phone: str, text: str) -> None:
        logger.warning("text message to %s: %s", masked(phone), text)


def masked(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def send_mail(message) -> None:
    """Send one mail; the unique key is its Message-ID. Raises what the mail server raises.

    A subject with a line break would never leave (Django takes it for a forged header), however often it is tried.
    """
    EmailMessage(
        subject=in_one_line(message.title),
        body=message.body,
        to=[message.user.email],
        headers={"Message-ID": f"<{message.dedup_key.replace(':', '.').replace(' ', '')}@sanwei>"},
    ).send(fail_silently=False)


def send_text(message) -> None:
    adapter = import_string(settings.SANWEI_TEXT_MESSAGE_CHANNEL)()
    adapter.send(message.user.phone, (message.body or message.title)[:TEXT_LIMIT])


WAYS = {OutboxMessage.Channel.MAIL: send_mail, OutboxMessage.Channel.TEXT: send_text}
