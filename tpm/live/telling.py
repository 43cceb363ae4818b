"""One message per program and revision, by publish/subscribe: fire and forget. Screens that miss it catch up by asking."""

import json

from tpm.lib import broker

CHANNEL = "tpm:revisions"


def tell(number: int, *, kind: str = "program") -> None:
    """Announce that a program (or what else can be followed) has news; the listener looks the revisions up."""
    broker.publish(CHANNEL, json.dumps({kind: number}))
