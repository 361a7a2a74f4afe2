"""Every error that Homeward raises on purpose.

    HomewardError
    ├── SettingsError          a setting is missing or wrong; names the variable
    ├── InvalidRecord          a line of an interchange file does not fit; has `line` and `reason`
    ├── CommandError           an administrator's command is wrong; has a text key and values
    ├── StorageError           the database could not do what was asked
    │   ├── SchemaTooNew       the database was written by a newer program
    │   ├── InvalidChange      a change would leave the ledger untrue, such as a round without a claim
    │   └── VersionConflict    somebody else changed the same thing first
    ├── FetchError             a feed or a page could not be fetched
    │   └── RefusedAddress     its host is one that feeds may not be fetched from
    └── DeliveryError          Telegram did not take a message; `outcome` says what that means

The expected is a value, not an error: a question that is not understood, an unchanged feed, a report that is no news.
"""

from typing import Literal


class HomewardError(Exception):
    """The root; the text is for the person who runs the program."""


class SettingsError(HomewardError):
    """A setting is missing or wrong.

    Attributes:
        variable: The environment variable to mend, such as ``HOMEWARD_TELEGRAM_TOKEN``.
    """

    def __init__(self, variable: str, reason: str) -> None:
        super().__init__(f"{variable}: {reason}")
        self.variable = variable
        self.reason = reason


class InvalidRecord(HomewardError):
    """A line of an interchange file does not fit.

    Attributes:
        line: Its number in the file, from 1.
        reason: What is wrong with it.
    """

    def __init__(self, reason: str, *, line: int = 0) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


class CommandError(HomewardError):
    """What an administrator typed cannot be carried out.

    Attributes:
        key: Text key of the message, in the message files.
        values: Values of the message.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values


class StorageError(HomewardError):
    """The database could not do what was asked."""


class SchemaTooNew(StorageError):
    """The database was written by a newer version of the program."""


class InvalidChange(StorageError):
    """A change would leave the ledger untrue: a round without a claim, a claim without its round."""


class VersionConflict(StorageError):
    """Somebody else changed the same object first; read it again."""


class FetchError(HomewardError):
    """A feed or a page could not be fetched.

    Attributes:
        kind: What went wrong, for back-off and for words: ``dns``, ``connect``, ``tls``, ``timeout``, ``status``,
            ``throttled``, ``too_large``, ``redirects``, ``not_a_feed``, ``no_preview``, ``layout``, ``refused``,
            ``content``.
        status: HTTP status, where there was an answer.
        retry_after: Seconds that the server asked to wait, where it did.
    """

    def __init__(self, reason: str, *, kind: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.kind = kind
        self.status = status
        self.retry_after = retry_after


class RefusedAddress(FetchError):
    """The host is a loopback, private or otherwise special address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, kind="refused")


#: What an attempt to send came to. `sent`; `not_sent`: it surely did not arrive, repeat it; `unknown`: it may have
#: arrived; `rejected`: Telegram will never take this text; `flood`: wait `retry_after`; `gone`: the chat is closed to
#: us; `migrated`: the chat has a new id.
Outcome = Literal["sent", "not_sent", "unknown", "rejected", "flood", "gone", "migrated"]


class DeliveryError(HomewardError):
    """Telegram did not take a message.

    Attributes:
        outcome: What that means for the delivery.
        retry_after: Seconds to wait, for `flood`.
        new_chat_id: For `migrated`.
    """

    def __init__(
        self,
        reason: str,
        *,
        outcome: Outcome,
        retry_after: float | None = None,
        new_chat_id: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.retry_after = retry_after
        self.new_chat_id = new_chat_id
