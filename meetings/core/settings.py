"""Settings: read once from the environment, typed; an unknown or wrong one stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class SettingsError(SystemExit):
    """The start is refused; the message says which setting and why."""

    def __init__(self, message: str) -> None:
        super().__init__(f"设置有误：{message}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, named as in the environment without ``LUOSHI_``; see ``docs/settings.md``."""

    data: Path = Path("data")
    port: int = 8000
    host: str = "127.0.0.1"
    database_url: str = ""
    storage_url: str = ""
    queue_url: str = ""
    smtp_url: str = ""
    mail_from: str = "luoshi@localhost"
    webhook_url: str = ""
    secret_key: str = ""
    time_zone: str = "Asia/Shanghai"
    hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    https: bool = False
    password_profile: str = "dengbao"  # noqa: S105 -- a profile's name
    idle_minutes: int = 30
    head_confirms: str = "completion"
    upload_megabytes: int = 20
    threads: int = 8
    jobs_at_once: int = 2
    job_megabytes: int = 1024
    fonts: str = ""
    official_codes: bool = False
    demo_password: str = ""
    log_level: str = "INFO"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read ``LUOSHI_*``; a secret may come from the file that ``…_FILE`` names."""
        known = {f"LUOSHI_{f.name.upper()}": f for f in fields(cls)}
        given = {name: value for name, value in environ.items() if name.startswith("LUOSHI_")}
        for name in [n for n in given if n.endswith("_FILE")]:
            try:
                given[name.removesuffix("_FILE")] = Path(given.pop(name)).read_text("utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{name} 所指文件无法读取（{error.strerror}）") from error
        if unknown := sorted(given.keys() - known.keys()):
            raise SettingsError(f"没有名为 {'、'.join(unknown)} 的设置")
        values: dict[str, object] = {}
        for name, text in given.items():
            field = known[name]
            values[field.name] = _parsed(name, text, field.type)
        settings = cls(**values)  # type: ignore[arg-type]  # parsed by the fields' own types
        settings._check()
        return settings

    def _check(self) -> None:
        for name, allowed in _WORDS.items():
            if getattr(self, name) not in allowed:
                raise SettingsError(f"LUOSHI_{name.upper()} 只能是 {' 或 '.join(allowed)}")
        for name, (least, most) in _RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise SettingsError(f"LUOSHI_{name.upper()} 应在 {least} 至 {most} 之间")
        for name, schemes in _SCHEMES.items():
            address = getattr(self, name)
            if address and not address.startswith(schemes):
                raise SettingsError(f"LUOSHI_{name.upper()} 应以 {' 或 '.join(schemes)} 开头")
        try:
            ZoneInfo(self.time_zone)
        except (ValueError, ZoneInfoNotFoundError) as error:
            raise SettingsError(f"LUOSHI_TIME_ZONE={self.time_zone} 不是时区名称，如 Asia/Shanghai") from error

    @property
    def known_hosts(self) -> tuple[str, ...]:
        """The names that are answered; where none is set and only this machine can reach it, those of this machine.

        Behind a proxy, or on the network, nobody but the operator knows the names: all, unless some are set.
        """
        if self.hosts or self.trusted_proxies or self.host not in _OF_THIS_MACHINE:
            return self.hosts
        return _OF_THIS_MACHINE

    @property
    def database(self) -> str:
        """The address of the database; by default a file in the data folder."""
        if self.database_url.startswith("postgresql://"):
            return "postgresql+psycopg://" + self.database_url.removeprefix("postgresql://")
        return self.database_url or f"sqlite:///{(self.data / 'luoshi.sqlite3').resolve()}"

    @property
    def storage(self) -> str:
        """The address of the file store; by default a folder in the data folder."""
        return self.storage_url or (self.data / "files").resolve().as_uri()


_OF_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]", "::1")
_WORDS = {
    "password_profile": ("dengbao", "asvs"),
    "head_confirms": ("completion", "every"),
    "log_level": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
}
_SCHEMES = {
    "queue_url": ("postgresql://", "redis://", "rediss://", "valkey://", "valkeys://"),
    "smtp_url": ("smtp://", "smtps://"),
    "webhook_url": ("http://", "https://"),
}
_RANGES = {
    "port": (1, 65535),
    "trusted_proxies": (0, 10),
    "idle_minutes": (1, 24 * 60),
    "upload_megabytes": (1, 1024),
    "threads": (1, 256),
    "jobs_at_once": (1, 16),
    "job_megabytes": (256, 65536),
}
_TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _parsed(name: str, text: str, kind: object) -> object:
    try:
        if kind is int:
            return int(text)
        if kind is bool:
            return _TRUTHS[text.lower()]
        if kind is Path:
            return Path(text)
        if kind == tuple[str, ...]:
            return tuple(item.strip() for item in text.split(",") if item.strip())
    except (ValueError, KeyError) as error:
        raise SettingsError(f"{name}={text} 不是有效的值") from error
    return text
