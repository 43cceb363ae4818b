from django.urls import path

from tpm.live import streams

urlpatterns = [
    path("events/", streams.events, name="events"),
    path("live/status", streams.status, name="live-status"),
]
