from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "tpm.live"
    label = "live"
