"""Addresses under /api/v1/campaign/."""

from django.urls import path

from campaign.api import attachments, board, board_rows, indicators, values

urlpatterns = [
    path(
        "attachments/<uuid:id>/",
        attachments.OneAttachment.as_view(),
        name="campaign-attachment",
    ),
    path("board/", board.Board.as_view(), name="campaign-board"),
    path("board/rows/", board_rows.BoardRows.as_view(), name="campaign-board-rows"),
    path("board/version/", board.BoardVersion.as_view(), name="campaign-board-version"),
    path("indicators/", indicators.Indicators.as_view(), name="campaign-indicators"),
    path("values/", values.Values.as_view(), name="campaign-values"),
    path("values/<uuid:id>/", values.OneValue.as_view(), name="campaign-value"),
]
