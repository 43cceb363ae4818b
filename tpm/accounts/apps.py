from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tpm.accounts"
    label = "accounts"
