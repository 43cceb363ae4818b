"""Addresses of comments, watches and notifications, below /api/v1/."""

from django.urls import path

from tpm.collaboration import api

urlpatterns = [
    path("comments/", api.CommentList.as_view(), name="comment-list"),
    path("comments/<int:pk>/", api.CommentItem.as_view(), name="comment-item"),
    path("comments/<int:pk>/resolve/", api.CommentResolve.as_view(), name="comment-resolve"),
    path("items/<slug:kind>/<int:pk>/comments/", api.ItemComments.as_view(), name="item-comments"),
    path("items/<slug:kind>/<int:pk>/watch/", api.ItemWatch.as_view(), name="item-watch"),
    path("notifications/", api.NotificationList.as_view(), name="notification-list"),
    path("notifications/read/", api.NotificationRead.as_view(), name="notification-read"),
]
