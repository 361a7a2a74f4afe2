"""What the database holds: one schema for SQLite and PostgreSQL.

Agreements, rounds and claims are kept as versions: a row is one version of an object, closed and never changed when
the next one comes. `from_version` and `until_version` say between which versions of the ledger it stood,
`recorded_from` and `recorded_until` when, `recorded_by` and `closed_by` which entry of the audit log did it. The
standing row is the one whose `until_version` is null.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)


class Instant(sa.types.TypeDecorator[dt.datetime]):
    """An aware instant in UTC; SQLite keeps it as text that sorts in time."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse what is not aware."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must be aware")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return it aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


#: A number that the database gives; SQLite gives it only to INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: Order of keys is kept, as interchange files are written back byte for byte.
Json = sa.JSON(none_as_null=True)


def _versioned(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    """Make a table of versions; the first of the columns is the object's id."""
    table = sa.Table(
        name,
        metadata,
        sa.Column("entry", Number, primary_key=True),
        *columns,
        sa.Column("from_version", sa.BigInteger, nullable=False),
        sa.Column("until_version", sa.BigInteger),
        sa.Column("recorded_from", Instant, nullable=False),
        sa.Column("recorded_until", Instant),
        sa.Column("recorded_by", sa.ForeignKey("audit.id"), nullable=False, index=True),
        sa.Column("closed_by", sa.ForeignKey("audit.id"), index=True),
    )
    sa.Index(f"uq_{name}_standing", table.c.id, unique=True, **_where(table.c.until_version.is_(None)))
    sa.Index(f"ix_{name}_id", table.c.id)
    return table


def _where(condition: sa.ColumnElement[bool]) -> dict[str, Any]:
    return {"sqlite_where": condition}


def word_for_postgresql() -> None:
    """Give PostgreSQL the conditions of partial indexes too; only on demand, as it imports that whole dialect."""
    for table in metadata.tables.values():
        for index in table.indexes:
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


#: One row: the counters that every change raises while it holds the row.
counters = sa.Table(
    "counters",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    #: Version of the ledger.
    sa.Column("version", sa.BigInteger, nullable=False),
    #: The last claim's number.
    sa.Column("claim", sa.BigInteger, nullable=False),
    #: Raised with each alert and each change of an alerted round; digests remember how far they came.
    sa.Column("news", sa.BigInteger, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", Number, primary_key=True),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    #: Of the ledger after it.
    sa.Column("version", sa.BigInteger, nullable=False, index=True),
    sa.Column("undoes", sa.ForeignKey("audit.id")),
    #: What changed outside of the ledger (roles, reviews); the ledger's own rows say it themselves.
    sa.Column("before", Json),
    sa.Column("after", Json),
    sa.Index("ix_audit_author_id", "author", "id"),
)

agreements = _versioned(
    "agreements",
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("names", Json, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("terms", Json, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
)

rounds = _versioned(
    "rounds",
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("agreement", sa.Text),
    sa.Column("ordinal", sa.Integer),
    sa.Column("category", sa.Text),
    sa.Column("mediator", sa.Text),
    sa.Column("note", sa.Text),
)

claims = _versioned(
    "claims",
    sa.Column("id", sa.BigInteger, nullable=False),
    sa.Column("round", sa.Text, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("measure", sa.Text, nullable=False),
    sa.Column("count", sa.BigInteger),
    sa.Column("qualifier", sa.Text, nullable=False),
    sa.Column("date", sa.Date, nullable=False, index=True),
    sa.Column("since", sa.Date),
    sa.Column("party", sa.Text, nullable=False),
    sa.Column("claimant", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("breakdown", Json, nullable=False),
    sa.Column("lang", sa.Text, nullable=False),
    sa.Column("partial", sa.Boolean, nullable=False),
    sa.Column("pinned", sa.Boolean, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.CheckConstraint("(count IS NULL) = (qualifier = 'undisclosed')", name="count"),
)

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("id", Number, primary_key=True),
    #: Id of the report's article: a report that comes again takes the place of the one that waits.
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("report", Json, nullable=False),
    sa.Column("reasons", Json, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("seconded_by", sa.Text),
    sa.Column("settled_at", Instant),
    sa.Column("settled_by", sa.Text),
)
sa.Index("uq_reviews_waiting", reviews.c.article, unique=True, **_where(reviews.c.settled_at.is_(None)))

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("id", Number, primary_key=True),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("trust", sa.Text, nullable=False),
    sa.Column("enabled", sa.Boolean, nullable=False),
    sa.Column("health", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("due_at", Instant, index=True),
    sa.Column("polled_at", Instant),
    sa.Column("succeeded_at", Instant),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("newest_item_at", Instant),
    sa.Column("usual_days", sa.Float),
    sa.Column("last_post", sa.BigInteger),
)

items = sa.Table(
    "items",
    metadata,
    sa.Column("feed", sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    #: Of the content as it was read last.
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_type", sa.Text, nullable=False),
    sa.Column("lang", sa.Text, nullable=False),
    sa.Column("remains", sa.Boolean, nullable=False),
    sa.Column("prisoners", sa.Boolean, nullable=False),
    sa.Column("civilians", sa.Boolean, nullable=False),
    sa.Column("children", sa.Boolean, nullable=False),
    #: Null: both.
    sa.Column("recipient", sa.Text),
    sa.Column("frequency", sa.Text, nullable=False),
    sa.Column("digest_hour", sa.Integer, nullable=False),
    sa.Column("quiet_from", sa.Integer),
    sa.Column("quiet_until", sa.Integer),
    sa.Column("timezone", sa.Text),
    sa.Column("silent", sa.Boolean, nullable=False),
    sa.Column("subscribed_at", Instant, nullable=False),
    #: When the next digest is due; null for who is told at once.
    sa.Column("digest_at", Instant, index=True),
    #: `counters.news` up to which the digests have told.
    sa.Column("digest_news", sa.BigInteger, nullable=False),
    #: The chat is closed to us since; null: it is open.
    sa.Column("gone_at", Instant),
)

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("id", Number, primary_key=True),
    #: One alert a round, ever.
    sa.Column("round", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    #: `counters.news` when it was made, and when its round changed last.
    sa.Column("news", sa.BigInteger, nullable=False, index=True),
    sa.Column("changed_news", sa.BigInteger, nullable=False, index=True),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", Number, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    #: Null for a digest.
    sa.Column("alert_id", sa.ForeignKey("alerts.id")),
    #: The delivery whose message tells this alert too (a digest, or the first of those that quiet hours held back).
    sa.Column("carried_by", sa.ForeignKey("deliveries.id"), index=True),
    #: Of a digest: ids of rounds told before that read otherwise now.
    sa.Column("changed", Json),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("thread_id", sa.BigInteger, nullable=False),
    sa.Column("chat_type", sa.Text, nullable=False),
    sa.Column("lang", sa.Text, nullable=False),
    sa.Column("silent", sa.Boolean, nullable=False),
    #: pending, leased, sent, dead; or carried, where another one's message tells it.
    sa.Column("state", sa.Text, nullable=False),
    #: Pending: not before; leased: until. Null when there is nothing more to do.
    sa.Column("due_at", Instant),
    sa.Column("owner", sa.Text),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("uncertain", sa.Boolean, nullable=False),
    #: Attempts that ended without an answer, ever.
    sa.Column("unknowns", sa.Integer, nullable=False),
    #: What came of the last attempt.
    sa.Column("outcome", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("sent_at", Instant),
    sa.UniqueConstraint("alert_id", "chat_id", "thread_id"),
)
sa.Index(
    "ix_deliveries_due", deliveries.c.due_at, deliveries.c.id, **_where(deliveries.c.state.in_(["pending", "leased"]))
)
sa.Index("ix_deliveries_chat", deliveries.c.chat_id)

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("lang", sa.Text),
    sa.Column("at", Instant, nullable=False),
)


def _of_person(name: str, column: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(column, Json, nullable=False),
        sa.Column("at", Instant, nullable=False, index=True),
    )


turns = _of_person("turns", "turn")
dialogs = _of_person("dialogs", "state")

updates = sa.Table(
    "updates",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False, index=True),
)

admins = sa.Table(
    "admins",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

refs = sa.Table(
    "refs",
    metadata,
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("query", Json, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
