"""Addresses of calendars that other programs subscribe to."""

from django.urls import path

from tpm.feeds import web

urlpatterns = [
    path("account/calendars/", web.feed_list, name="feed-list"),
    path("account/calendars/revoke/", web.feed_revoke, name="feed-revoke"),
    path("feeds/<slug:secret>.ics", web.calendar_feed, name="calendar-feed"),
]
