"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Make every table, and the one row of counters."""
    op.create_table(
        "admins",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_admins")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("news", sa.BigInteger(), nullable=False),
        sa.Column("changed_news", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("round", name=op.f("uq_alerts_round")),
    )
    op.create_index(op.f("ix_alerts_changed_news"), "alerts", ["changed_news"], unique=False)
    op.create_index(op.f("ix_alerts_news"), "alerts", ["news"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("undoes", NUMBER, nullable=True),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["audit.id"], name=op.f("fk_audit_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index("ix_audit_author_id", "audit", ["author", "id"], unique=False)
    op.create_index(op.f("ix_audit_version"), "audit", ["version"], unique=False)
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chats")),
    )
    op.create_table(
        "counters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=False),
        sa.Column("news", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_counters_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counters")),
    )
    op.create_table(
        "dialogs",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", JSON, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "user_id", name=op.f("pk_dialogs")),
    )
    op.create_index(op.f("ix_dialogs_at"), "dialogs", ["at"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("trust", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("polled_at", INSTANT, nullable=True),
        sa.Column("succeeded_at", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("newest_item_at", INSTANT, nullable=True),
        sa.Column("usual_days", sa.Float(), nullable=True),
        sa.Column("last_post", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
    )
    op.create_index(op.f("ix_feeds_due_at"), "feeds", ["due_at"], unique=False)
    op.create_table(
        "refs",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("query", JSON, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_refs")),
    )
    op.create_table(
        "reviews",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("report", JSON, nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("seconded_by", sa.Text(), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(
        "uq_reviews_waiting",
        "reviews",
        ["article"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_type", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("remains", sa.Boolean(), nullable=False),
        sa.Column("prisoners", sa.Boolean(), nullable=False),
        sa.Column("civilians", sa.Boolean(), nullable=False),
        sa.Column("children", sa.Boolean(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("subscribed_at", INSTANT, nullable=False),
        sa.Column("digest_at", INSTANT, nullable=True),
        sa.Column("digest_news", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_digest_at"), "subscriptions", ["digest_at"], unique=False)
    op.create_table(
        "turns",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("turn", JSON, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "user_id", name=op.f("pk_turns")),
    )
    op.create_index(op.f("ix_turns_at"), "turns", ["at"], unique=False)
    op.create_table(
        "updates",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_updates")),
    )
    op.create_index(op.f("ix_updates_at"), "updates", ["at"], unique=False)
    op.create_table(
        "agreements",
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("from_version", sa.BigInteger(), nullable=False),
        sa.Column("until_version", sa.BigInteger(), nullable=True),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_until", INSTANT, nullable=True),
        sa.Column("recorded_by", NUMBER, nullable=False),
        sa.Column("closed_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["audit.id"], name=op.f("fk_agreements_closed_by")),
        sa.ForeignKeyConstraint(["recorded_by"], ["audit.id"], name=op.f("fk_agreements_recorded_by")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_agreements")),
    )
    op.create_index(op.f("ix_agreements_closed_by"), "agreements", ["closed_by"], unique=False)
    op.create_index("ix_agreements_id", "agreements", ["id"], unique=False)
    op.create_index(op.f("ix_agreements_recorded_by"), "agreements", ["recorded_by"], unique=False)
    op.create_index(
        "uq_agreements_standing",
        "agreements",
        ["id"],
        unique=True,
        sqlite_where=sa.text("until_version IS NULL"),
        postgresql_where=sa.text("until_version IS NULL"),
    )
    op.create_table(
        "claims",
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("claimant", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("breakdown", JSON, nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("from_version", sa.BigInteger(), nullable=False),
        sa.Column("until_version", sa.BigInteger(), nullable=True),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_until", INSTANT, nullable=True),
        sa.Column("recorded_by", NUMBER, nullable=False),
        sa.Column("closed_by", NUMBER, nullable=True),
        sa.CheckConstraint("(count IS NULL) = (qualifier = 'undisclosed')", name=op.f("ck_claims_count")),
        sa.ForeignKeyConstraint(["closed_by"], ["audit.id"], name=op.f("fk_claims_closed_by")),
        sa.ForeignKeyConstraint(["recorded_by"], ["audit.id"], name=op.f("fk_claims_recorded_by")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_closed_by"), "claims", ["closed_by"], unique=False)
    op.create_index(op.f("ix_claims_date"), "claims", ["date"], unique=False)
    op.create_index("ix_claims_id", "claims", ["id"], unique=False)
    op.create_index(op.f("ix_claims_recorded_by"), "claims", ["recorded_by"], unique=False)
    op.create_index(op.f("ix_claims_round"), "claims", ["round"], unique=False)
    op.create_index(
        "uq_claims_standing",
        "claims",
        ["id"],
        unique=True,
        sqlite_where=sa.text("until_version IS NULL"),
        postgresql_where=sa.text("until_version IS NULL"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("alert_id", NUMBER, nullable=True),
        sa.Column("carried_by", NUMBER, nullable=True),
        sa.Column("changed", JSON, nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_type", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_deliveries_alert_id")),
        sa.ForeignKeyConstraint(["carried_by"], ["deliveries.id"], name=op.f("fk_deliveries_carried_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("alert_id", "chat_id", "thread_id", name=op.f("uq_deliveries_alert_id_chat_id_thread_id")),
    )
    op.create_index(op.f("ix_deliveries_carried_by"), "deliveries", ["carried_by"], unique=False)
    op.create_index("ix_deliveries_chat", "deliveries", ["chat_id"], unique=False)
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'leased')"),
        postgresql_where=sa.text("state IN ('pending', 'leased')"),
    )
    op.create_table(
        "items",
        sa.Column("feed", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name=op.f("fk_items_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed", "key", name=op.f("pk_items")),
    )
    op.create_table(
        "rounds",
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("mediator", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("from_version", sa.BigInteger(), nullable=False),
        sa.Column("until_version", sa.BigInteger(), nullable=True),
        sa.Column("recorded_from", INSTANT, nullable=False),
        sa.Column("recorded_until", INSTANT, nullable=True),
        sa.Column("recorded_by", NUMBER, nullable=False),
        sa.Column("closed_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["audit.id"], name=op.f("fk_rounds_closed_by")),
        sa.ForeignKeyConstraint(["recorded_by"], ["audit.id"], name=op.f("fk_rounds_recorded_by")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_rounds")),
    )
    op.create_index(op.f("ix_rounds_closed_by"), "rounds", ["closed_by"], unique=False)
    op.create_index("ix_rounds_id", "rounds", ["id"], unique=False)
    op.create_index(op.f("ix_rounds_recorded_by"), "rounds", ["recorded_by"], unique=False)
    op.create_index(
        "uq_rounds_standing",
        "rounds",
        ["id"],
        unique=True,
        sqlite_where=sa.text("until_version IS NULL"),
        postgresql_where=sa.text("until_version IS NULL"),
    )
    op.execute("INSERT INTO counters (id, version, claim, news) VALUES (1, 0, 0, 0)")
