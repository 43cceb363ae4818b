from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "tpm.activity"
    label = "activity"
