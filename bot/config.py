"""What the environment says: every setting, checked once at the start."""

import datetime as dt
import os
import zoneinfo
from typing import Annotated, Any
from urllib.parse import urlsplit

# We have no plugins for pydantic; looking for some reads the entry points of all that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "HOMEWARD_"
DEFAULT_DATABASE = "sqlite+aiosqlite:///var/homeward.db"
ROLES = ("answer", "poll", "deliver")


class Settings(BaseSettings):
    """The settings, from environment variables or `.env`; a variable is a field's name in capitals after the prefix."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr(DEFAULT_DATABASE)
    #: Telegram user ids of the owners.
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    timezone: str = "Europe/Kyiv"
    poll_seconds: int = Field(default=300, ge=1, le=86_400)
    allow_private_hosts: bool = False
    bundled_ledger: bool = True
    webhook_url: str | None = None
    webhook_port: int = Field(default=8080, ge=1, le=65_535)
    webhook_listen: str = "127.0.0.1"
    #: What Telegram shows beside each webhook call; made up at the start where it is not set.
    webhook_secret: SecretStr | None = None

    #: Sends a second over all chats, and what one chat and one group may get.
    sends_per_second: float = Field(default=30, gt=0, le=1000)
    chat_sends_per_second: float = Field(default=1, gt=0, le=100)
    group_sends_per_minute: float = Field(default=20, gt=0, le=1000)
    #: Seconds between two requests to one host.
    host_spacing_seconds: float = Field(default=2, ge=0, le=600)
    #: A report is posted only when two administrators have accepted it.
    review_two_persons: bool = False
    #: Where nightly backups go, and how many are kept; no directory: none are made.
    backup_dir: str | None = None
    backup_keep: int = Field(default=7, ge=1, le=366)
    #: Port for /healthz, /readyz and /metrics on 127.0.0.1; 0: off.
    metrics_port: int = Field(default=0, ge=0, le=65_535)
    log_level: str = "INFO"

    @field_validator("telegram_token", "webhook_url", "webhook_secret", "backup_dir", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("telegram_token")
    @classmethod
    def _token_has_its_form(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, secret = value.get_secret_value().partition(":")
            if not number.isdecimal() or not secret or any(c.isspace() for c in secret):
                raise ValueError("it must be a token as @BotFather gives it: digits, a colon, letters and digits")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers_between_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            parts = [p for p in value.replace(",", " ").split() if p]
            if bad := [p for p in parts if not p.isdecimal()]:
                raise ValueError(f"{bad[0]!r} is no Telegram user id; give numbers with commas, such as 123456,789012")
            return tuple(int(p) for p in parts)
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            zoneinfo.ZoneInfo(value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {value!r}; give an IANA name such as Europe/Kyiv") from None
        return value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _address_has_a_host(cls, value: str | None) -> str | None:
        if value is not None:
            parts = urlsplit(value)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("it must be an address such as https://example.org/path")
            value = value.rstrip("/")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("it must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @field_validator("log_level")
    @classmethod
    def _level_exists(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("it must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @model_validator(mode="after")
    def _webhook_is_https(self) -> "Settings":
        if self.webhook_url and urlsplit(self.webhook_url).scheme != "https":
            host = urlsplit(self.telegram_api_url).hostname or ""
            if host not in ("127.0.0.1", "localhost", "::1"):
                raise ValueError("webhook_url: Telegram calls https addresses only")
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        kept = [s.get_secret_value() for s in (self.telegram_token, self.webhook_secret) if s]
        password = urlsplit(self.database_url.get_secret_value()).password
        return (*kept, password) if password else tuple(kept)

    @property
    def shares_database(self) -> bool:
        """Whether other processes may work on the same database."""
        return not self.database_url.get_secret_value().startswith("sqlite")

    @property
    def zone(self) -> dt.tzinfo:
        """Whose calendar days "today" and "Monday" are told by."""
        return zoneinfo.ZoneInfo(self.timezone)


def load_settings(*, env_file: str | None = ".env") -> Settings:
    """Read the settings.

    Raises:
        SettingsError: one is wrong; names the variable and says what it must be, and never shows its value.
    """
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        reason = str(first["msg"]).removeprefix("Value error, ")
        name = str(first["loc"][0]) if first["loc"] else reason.partition(":")[0]
        if not first["loc"]:
            reason = reason.partition(": ")[2]
        raise SettingsError(PREFIX + name.upper(), reason) from None
