"""What happens in conversations, in the past tense. ``tpm/subscriptions.py`` says who reacts."""

COMMENT_WRITTEN = "activity.comment.written"
COMMENT_EDITED = "activity.comment.edited"
COMMENT_RESOLVED = "activity.comment.resolved"
