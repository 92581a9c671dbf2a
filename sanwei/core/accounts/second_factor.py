"""The second factor (TOTP, RFC 6238) by django-otp: enrolling a device and checking a code."""

import base64
import io

import qrcode
import qrcode.image.svg
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from sanwei.core.accounts.actions import use_recovery_code


def new_device(user) -> TOTPDevice:
    """The unconfirmed device of a person who enrols; the same one until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "认证器"})
    return device


def picture(device) -> str:
    """The device's address as a QR picture, to stand in the page as a data: image."""
    image = qrcode.make(device.config_url, image_factory=qrcode.image.svg.SvgPathImage, box_size=12)
    out = io.BytesIO()
    image.save(out)
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"


def secret_text(device) -> str:
    """The secret in Base32, for typing in by hand."""
    return base64.b32encode(bytes.fromhex(device.key)).decode()


def accepted(user, code: str) -> TOTPDevice | None:
    """The device that accepts the code, or the first one if it is a recovery code; a code is accepted once.

    The devices are locked meanwhile: two who send the same code at once are not both let in.
    """
    with transaction.atomic():
        devices = list(TOTPDevice.objects.filter(user=user, confirmed=True).select_for_update())
        for device in devices:
            if device.verify_is_allowed()[0] and device.verify_token(code.strip()):
                return device
    if devices and use_recovery_code(user=user, code=code):
        return devices[0]
    return None
