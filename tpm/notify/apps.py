from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tpm.notify"
    label = "notify"
