"""A server of scripted feeds on loopback: well-behaved, changing, and hostile ones."""

from tests.feedserver.documents import Post
from tests.feedserver.server import FeedServer, Seen

__all__ = ["FeedServer", "Post", "Seen"]
