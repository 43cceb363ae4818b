"""What happens in this app, in the past tense. ``tpm/subscriptions.py`` says who reacts."""

REGISTER_CHANGED = "risks.register.changed"
