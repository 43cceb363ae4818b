from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "tpm.lib"
    label = "lib"
