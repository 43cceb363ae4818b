"""One message per program and revision, by publish/subscribe: fire and forget. Screens that miss it catch up by asking."""

import json

from tpm.lib import broker

CHANNEL = "tpm:revisions"


def tell(program_id: int) -> None:
    """Announce that a program has news; the listener looks the revisions up."""
    broker.publish(CHANNEL, json.dumps({"program": program_id}))
