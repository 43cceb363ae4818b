"""Saved views: pages, what their addresses say, under a name."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs.policies import NotAllowed
from tpm.accounts import saved_views
from tpm.accounts.models import SavedView
from tpm.activity.rest import OWN, Endpoint, Strict, operation


class SavedViewOut(serializers.Serializer[Any]):
    """``page`` is the name of a page, ``place`` the id of the program or portfolio in its address (0: none), ``query`` what
    stands behind the question mark. ``portfolio`` is whose members see it too."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    owner = serializers.IntegerField(source="owner_id")
    page = serializers.CharField()
    place = serializers.IntegerField()
    everywhere = serializers.BooleanField()
    name = serializers.CharField()
    query = serializers.CharField()
    portfolio = serializers.IntegerField(source="portfolio_id", allow_null=True)
    updated_at = serializers.DateTimeField()


class SavedViewPatch(Strict):
    name = serializers.CharField(max_length=100)
    query = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    everywhere = serializers.BooleanField(required=False)
    portfolio = serializers.IntegerField(source="portfolio_id", allow_null=True, required=False)


class SavedViewIn(SavedViewPatch):
    page = serializers.CharField(max_length=64)
    place = serializers.IntegerField(min_value=0, required=False)
    query = serializers.CharField(max_length=2000, allow_blank=True)


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class SavedViewFilters(django_filters.FilterSet):
    page = django_filters.CharFilter("page")
    place = django_filters.NumberFilter("place")


@extend_schema(tags=["saved-views"])
class SavedViewList(Endpoint):
    out = SavedViewOut
    serializer_class = SavedViewOut
    filterset_class = SavedViewFilters

    @operation(
        OWN, gives=SavedViewOut(many=True), summary="List one's own views and those shared with oneself"
    )
    def get(self, request: Request) -> Response:
        return self.page(SavedView.objects.visible_to(self.actor))

    @operation(OWN, takes=SavedViewIn, gives=SavedViewOut, status=201, summary="Keep a view")
    def post(self, request: Request) -> Response:
        made = saved_views.create(actor=self.actor, **self.given(SavedViewIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/saved-views/{made.pk}/")


@extend_schema(tags=["saved-views"])
class SavedViewItem(Endpoint):
    """Its owner changes a view, and who edits the portfolio that it is shared with."""

    out = SavedViewOut

    @operation(OWN, gives=SavedViewOut, summary="Read a view")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(saved_views.get_for(self.actor, pk)))

    @operation(
        "portfolio.edit",
        takes=SavedViewPatch(partial=True),
        gives=SavedViewOut,
        versioned=True,
        summary="Change a view",
    )
    def patch(self, request: Request, pk: int) -> Response:
        view = self._editable(pk)
        self.match(view)
        given = self.given(SavedViewPatch, partial=True)
        return self.written(self.represent(saved_views.update(actor=self.actor, view=view, **given)))

    @operation("portfolio.edit", gives=DeletedOut, versioned=True, summary="Delete a view")
    def delete(self, request: Request, pk: int) -> Response:
        view = self._editable(pk)
        self.match(view)
        saved_views.delete(actor=self.actor, view=view)
        return self.written({"deleted": True})

    def _editable(self, pk: int) -> SavedView:
        view = saved_views.get_for(self.actor, pk)
        if not saved_views.may_edit(self.actor, view):
            raise NotAllowed(self.capability)
        return view
