"""What the server refuses with, in Telegram's words."""

from typing import Any

PREFIXES = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict", 429: "Too Many Requests"}


class ApiError(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        prefix = PREFIXES.get(code)
        super().__init__(f"{prefix}: {description}" if prefix else description)
        self.code = code
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the JSON document."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": str(self)}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad(description: str, **parameters: int) -> ApiError:
    """Make the 400 that most refusals are."""
    return ApiError(400, description, **parameters)
