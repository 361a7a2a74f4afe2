"""The ledger, the outbox and what else must survive, in SQLite or PostgreSQL.

The way in is `storage.database.open_database`.
"""
