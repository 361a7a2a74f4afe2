"""Settings: read, checked, and refused by name without showing what is secret."""

from pathlib import Path

import pytest

from bot.config import load_settings
from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def setting(monkeypatch):
    """Set one variable; nothing else of the environment counts."""

    def put(name, value):
        monkeypatch.setenv(f"HOMEWARD_{name}", value)

    return put


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TELEGRAM_TOKEN", "no token", "digits, a colon"),
        ("TELEGRAM_API_URL", "telegram", "an address such as"),
        ("DATABASE_URL", "mysql://user:hidden@x", "sqlite+aiosqlite:///"),
        ("ADMIN_IDS", "12,anna", "'anna'"),
        ("TIMEZONE", "Mars/Olympus", "IANA"),
        ("POLL_SECONDS", "often", "integer"),
        ("POLL_SECONDS", "0", "greater than"),
        ("WEBHOOK_URL", "here", "https://"),
        ("WEBHOOK_URL", "http://example.org/x", "https addresses only"),
        ("WEBHOOK_PORT", "70000", "less than"),
        ("ALLOW_PRIVATE_HOSTS", "perhaps", "boolean"),
        ("LOG_LEVEL", "LOUD", "DEBUG"),
    ],
)
def test_what_is_wrong_is_named(setting, name, value, says):
    setting(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings(env_file=None)
    assert caught.value.variable == f"HOMEWARD_{name}"
    assert says in str(caught.value)
    assert "hidden" not in str(caught.value)


def test_defaults_need_no_environment(monkeypatch):
    settings = load_settings(env_file=None)
    assert (settings.telegram_token, settings.admin_ids, settings.timezone) == (None, (), "Europe/Kyiv")


def test_owners_are_numbers_between_commas(setting):
    setting("ADMIN_IDS", "12, 34,56")
    assert load_settings(env_file=None).admin_ids == (12, 34, 56)


def test_empty_is_unset(setting):
    setting("TELEGRAM_TOKEN", "  ")
    setting("WEBHOOK_URL", "")
    settings = load_settings(env_file=None)
    assert (settings.telegram_token, settings.webhook_url) == (None, None)


def test_a_secret_is_not_shown(setting):
    setting("TELEGRAM_TOKEN", "123456:secret-part-of-the-token-0000")
    assert "secret-part" not in repr(load_settings(env_file=None))


def test_example_names_every_setting_and_stands_for_the_defaults():
    from bot.config import Settings

    named = {line.partition("=")[0] for line in (ROOT / ".env.example").read_text().splitlines() if line[:1] == "H"}
    assert named == {f"HOMEWARD_{field.upper()}" for field in Settings.model_fields}
    assert load_settings(env_file=str(ROOT / ".env.example")) == load_settings(env_file=None)


def test_what_is_secret_is_known_to_the_log(setting):
    setting("TELEGRAM_TOKEN", "123456:secret-part-of-the-token-0000")
    setting("DATABASE_URL", "postgresql+asyncpg://me:open-sesame@127.0.0.1/homeward")
    assert load_settings(env_file=None).secrets == ("123456:secret-part-of-the-token-0000", "open-sesame")
