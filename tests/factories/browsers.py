"""A signed-in browser without a browser: Django's client, as htmx would ask if wanted."""

from django.test import Client

from tpm.accounts.actors import Actor

HTMX = {"HX-Request": "true"}


def browser(actor: Actor) -> Client:
    """Return a client in which the actor's user is signed in."""
    client = Client(raise_request_exception=True)
    assert actor.user is not None
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client
