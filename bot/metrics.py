"""Seen from outside: /healthz, /readyz and Prometheus' /metrics.

Counters are fed by the log's events, so that the core knows of no metrics; gauges are read when somebody asks.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.errors import StorageError
from bot.serving import serving

logger = logging.getLogger(__name__)

#: Seconds that whoever asks has at the end.
GRACE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What is read when somebody asks."""

    ledger_version: int
    #: Deliveries by state.
    deliveries: Mapping[str, int]
    #: How long the oldest due delivery has waited.
    queue_seconds: int
    #: Feeds by health.
    feeds: Mapping[str, int]
    reviews: int


class Metrics(logging.Handler):
    """Counts what the log tells."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.registry = CollectorRegistry()
        self._answers = Histogram(
            "homeward_answer_seconds",
            "Time from a question to its answer",
            ["status", "lang"],
            registry=self.registry,
            buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1),
        )
        self._decisions = Counter(
            "homeward_decisions_total", "Articles read, by decision", ["decision"], registry=self.registry
        )
        self._polls = Counter("homeward_polls_total", "Polls of feeds, by outcome", ["outcome"], registry=self.registry)
        self._sends = Counter(
            "homeward_attempts_total", "Attempts to deliver, by outcome", ["outcome"], registry=self.registry
        )
        self._errors = Counter(
            "homeward_errors_total", "Errors in the log, by logger", ["logger"], registry=self.registry
        )
        self._database = Gauge("homeward_database_up", "Whether the database answers", registry=self.registry)
        self._version = Gauge("homeward_ledger_version", "Version of the ledger", registry=self.registry)
        self._queue = Gauge(
            "homeward_queue_seconds", "How long the oldest due delivery has waited", registry=self.registry
        )
        self._states = Gauge("homeward_deliveries", "Deliveries by state", ["state"], registry=self.registry)
        self._feeds = Gauge("homeward_feeds", "Feeds by health", ["health"], registry=self.registry)
        self._reviews = Gauge("homeward_reviews_waiting", "Reports that wait for a decision", registry=self.registry)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one event."""
        fields = vars(record)
        match record.msg:
            case "question answered":
                self._answers.labels(fields["status"], fields["lang"]).observe(fields["seconds"])
            case "article read":
                self._decisions.labels(fields["decision"]).inc()
            case "feed polled":
                self._polls.labels("unchanged" if fields["unchanged"] else "read").inc()
            case "feed not read":
                self._polls.labels(fields["kind"]).inc()
            case "delivery settled":
                self._sends.labels(fields["outcome"]).inc()
        if record.levelno >= logging.ERROR:
            self._errors.labels(record.name).inc()

    def page(self, readings: Readings | None) -> bytes:
        """Return the page that Prometheus reads; without readings, the database being away, its gauges stay."""
        self._database.set(readings is not None)
        if readings is not None:
            self._show(readings)
        return generate_latest(self.registry)

    def _show(self, readings: Readings) -> None:
        self._version.set(readings.ledger_version)
        self._queue.set(readings.queue_seconds)
        self._reviews.set(readings.reviews)
        for state, number in readings.deliveries.items():
            self._states.labels(state).set(number)
        self._feeds.clear()  # or a health that no feed has any more would stand for ever
        for health, number in readings.feeds.items():
            self._feeds.labels(health).set(number)


@asynccontextmanager
async def served(
    metrics: Metrics, *, port: int, read: Callable[[], Awaitable[Readings]], ready: Callable[[], bool]
) -> AsyncIterator[None]:
    """Serve the three pages on 127.0.0.1 while the block lasts.

    Raises:
        SettingsError: the port is not to be had.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        return web.Response(text="ready\n") if ready() else web.Response(status=503, text="starting or stopping\n")

    async def page(_: web.Request) -> web.Response:
        readings: Readings | None = None
        try:
            readings = await read()
        except StorageError as error:
            logger.warning("gauges could not be read", extra={"error": str(error)})
        return web.Response(body=metrics.page(readings), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", page)])
    async with serving(app, "127.0.0.1", port, "HOMEWARD_METRICS_PORT", grace=GRACE):
        yield
