"""The addresses under /api/v1/ that tell what was seen, and where."""

from django.urls import path

from inspections.api import (
    basemap,
    figures,
    handlers,
    kinds,
    lists,
    photos,
    proposals,
    receipts,
    recording,
    rounds,
    saved_filters,
    uploads,
)
from inspections.api.evidence import masks
from inspections.api.pack import views as pack

urlpatterns = [
    path("kinds/", kinds.Kinds.as_view()),
    path("communities/", lists.Communities.as_view()),
    path("communities/<int:id>/", lists.Community.as_view()),
    path("estates/", lists.Estates.as_view()),
    path("estates/<int:id>/", lists.Estate.as_view()),
    path("assets/", lists.Assets.as_view()),
    path("assets/<int:id>/", lists.Asset.as_view()),
    path("inspections/", recording.Inspections.as_view()),
    path("inspections/<uuid:id>/", recording.Inspection.as_view()),
    path("findings/", lists.Findings.as_view()),
    path("findings/<uuid:id>/", lists.Finding.as_view()),
    path("proposals/", proposals.Proposals.as_view()),
    path("proposals/<uuid:id>/", recording.Proposal.as_view()),
    path("receipts/", receipts.Receipts.as_view()),
    path("rounds/", rounds.Rounds.as_view()),
    path("rounds/<int:id>/", rounds.OneRound.as_view()),
    path("handlers/", handlers.Handlers.as_view()),
    path("saved-filters/", saved_filters.SavedFilters.as_view()),
    path("saved-filters/<int:id>/", saved_filters.OneSavedFilter.as_view()),
    path("uploads/", uploads.Uploads.as_view()),
    path("uploads/<uuid:id>/", uploads.One.as_view(), name="upload"),
    path("photos/<uuid:id>/", photos.One.as_view()),
    path("photos/<uuid:id>/small.jpg", photos.Small.as_view(), name="photo-small"),
    path("photos/<uuid:id>/large.jpg", photos.Large.as_view(), name="photo-large"),
    path("photos/<uuid:id>/original", photos.Original.as_view(), name="photo-original"),
    path("photos/<uuid:photo>/masked/<uuid:id>/", masks.OfPhoto.as_view()),
    path("masked/<uuid:id>.jpg", masks.One.as_view(), name="masked"),
    path("figures/", figures.Figures.as_view()),
    path("pack/", pack.Pack.as_view()),
    path("pack/parts/<str:sha256>/", pack.PackPart.as_view()),
    path("basemap/<str:sha256>.pmtiles", basemap.Basemap.as_view()),
]
