"""From words to a typed query, and from a report to typed claims. Pure."""
