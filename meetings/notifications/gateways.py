"""Ways out of the house: mail by SMTP, mail into a folder, a message to the address of a setting."""

import http.client
import json
import smtplib
import socket
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from meetings.core import clock
from meetings.core.settings import Settings
from meetings.notifications.models import Channel, Message

_TIMEOUT = 15  # seconds

# What the operator can do something about, in words; anything else by its name.
_REASONS: Mapping[type[Exception], str] = {
    ConnectionRefusedError: "连接被拒绝",
    TimeoutError: "超时",
    socket.gaierror: "找不到主机",
    ssl.SSLError: "加密连接没有建立，请查证书",
    smtplib.SMTPServerDisconnected: "连接中断",
}


class GatewayError(Exception):
    """The message was not taken. ``for_good``: trying again is of no use."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.for_good = reason, for_good


class Gateway(Protocol):
    """Hands one message over with its text, tokens of addresses included, or raises ``GatewayError``."""

    def send(self, message: Message, text: str) -> None: ...


class MailFolder:
    """Mails as files, for who has no mail server: one reads them, or lets another program send them."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder, self._sender = folder, sender

    def send(self, message: Message, text: str) -> None:
        name = f"{clock.local(clock.now()):%Y%m%d-%H%M%S}-{message.id}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = self._folder / f".{name}"
            draft.write_bytes(_mail(message, text, self._sender).as_bytes())
            draft.replace(self._folder / name)
        except OSError as error:
            raise GatewayError(f"邮件文件夹无法写入（{error.strerror}）") from error


class Smtp:
    """``smtp://user:password@host:587`` (STARTTLS where the server offers it) or ``smtps://…:465``."""

    def __init__(self, address: str, sender: str) -> None:
        self._parts, self._sender = urlsplit(address), sender

    def send(self, message: Message, text: str) -> None:
        try:
            with self._connected() as server:
                server.send_message(_mail(message, text, self._sender))
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _words in error.recipients.values()]
            raise GatewayError("邮件服务器不接受这个地址", for_good=all(code >= 500 for code in codes)) from error
        except smtplib.SMTPAuthenticationError as error:
            raise GatewayError("邮件服务器不接受账号或密码") from error
        except (smtplib.SMTPException, OSError) as error:
            raise GatewayError(f"邮件服务器没有应答（{_why(error)}）") from error

    def _connected(self) -> smtplib.SMTP:
        host, port = self._parts.hostname or "localhost", self._parts.port
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port or 465, timeout=_TIMEOUT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port or 25, timeout=_TIMEOUT)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        return server


class Webhook:
    """POSTs ``{"text": …}`` as JSON to the address of the setting, and to no other: redirections are not followed.

    The example of a gateway to SMS or a government messenger: those take the same sentence.
    """

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)

    def send(self, message: Message, text: str) -> None:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._parts.hostname or "", self._parts.port, timeout=_TIMEOUT)
        target = self._parts.path or "/"
        if self._parts.query:
            target += f"?{self._parts.query}"
        body = json.dumps({"text": text, "subject": message.subject, "key": message.key}, ensure_ascii=False)
        try:
            connection.request("POST", target, body.encode(), {"Content-Type": "application/json; charset=utf-8"})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise GatewayError(f"消息网关没有应答（{_why(error)}）") from error
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise GatewayError(f"消息网关回答 {status}")


def gateways(settings: Settings) -> dict[Channel, Gateway]:
    """The ways out that the settings open."""
    mail: Gateway = (
        Smtp(settings.smtp_url, settings.mail_from)
        if settings.smtp_url
        else MailFolder(settings.data / "mail", settings.mail_from)
    )
    found = {Channel.MAIL: mail}
    if settings.webhook_url:
        found[Channel.WEBHOOK] = Webhook(settings.webhook_url)
    return found


def _why(error: Exception) -> str:
    return next((words for kind, words in _REASONS.items() if isinstance(error, kind)), type(error).__name__)


def _mail(message: Message, text: str, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, message.address, message.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<luoshi-{message.key.replace(':', '.')}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    if message.event:
        mail.add_attachment(message.event, subtype="calendar", filename="meeting.ics", params={"method": "PUBLISH"})
    return mail
