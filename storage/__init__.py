"""The ledger, the outbox and what else must survive, in SQLite or PostgreSQL."""
