"""The use cases: ask, ingest, poll, deliver, moderate, interchange."""
