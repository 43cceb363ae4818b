"""Conversations, histories, watches and notifications, as people meet them: the roof says what the foundation's rows are about."""
