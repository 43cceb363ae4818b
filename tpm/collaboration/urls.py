"""Addresses of conversations, histories, watches and notifications."""

from django.urls import path

from tpm.collaboration import inbox_web, talk_web

app_name = "collaboration"
urlpatterns = [
    path("items/<slug:kind>/<int:pk>/", talk_web.item, name="item"),
    path("items/<slug:kind>/<int:pk>/talk/", talk_web.talk, name="talk"),
    path("items/<slug:kind>/<int:pk>/talk/list/", talk_web.talk_list, name="talk-list"),
    path("items/<slug:kind>/<int:pk>/comments/", talk_web.comment, name="comment"),
    path("items/<slug:kind>/<int:pk>/readers/", talk_web.people, name="people"),
    path("items/<slug:kind>/<int:pk>/watch/", talk_web.watch, name="watch"),
    path("items/<slug:kind>/<int:pk>/history.<slug:file_kind>", talk_web.export, name="export"),
    path("comments/<int:pk>/edit/", talk_web.comment_edit, name="comment-edit"),
    path("comments/<int:pk>/delete/", talk_web.comment_delete, name="comment-delete"),
    path("comments/<int:pk>/resolve/", talk_web.comment_resolve, name="comment-resolve"),
    path("comments/<int:pk>/versions/", talk_web.comment_versions, name="comment-versions"),
    path("notifications/", inbox_web.notification_list, name="notification-list"),
    path("notifications/open/", inbox_web.notification_open, name="notification-open"),
    path("notifications/mark/", inbox_web.notification_mark, name="notification-mark"),
    path("notifications/delivery/", inbox_web.delivery_form, name="delivery"),
]
