"""Addresses under /api/v1/campaign/."""

from django.urls import path

from campaign.api import attachments, board, board_rows, board_table, indicators, values
from campaign.api.creation import listing, one
from campaign.api.ledgers import views as ledgers
from campaign.api.ledgers.complaints import Complaints
from campaign.api.month import reports

urlpatterns = [
    path(
        "attachments/<uuid:id>/",
        attachments.OneAttachment.as_view(),
        name="campaign-attachment",
    ),
    path("board/", board.Board.as_view(), name="campaign-board"),
    path("board/table.csv", board_table.Text.as_view(), name="campaign-board-csv"),
    path("board/table.xlsx", board_table.Workbook.as_view(), name="campaign-board-xlsx"),
    path("board/rows/", board_rows.BoardRows.as_view(), name="campaign-board-rows"),
    path("board/version/", board.BoardVersion.as_view(), name="campaign-board-version"),
    path("indicators/", indicators.Indicators.as_view(), name="campaign-indicators"),
    path("values/", values.Values.as_view(), name="campaign-values"),
    path("values/<uuid:id>/", values.OneValue.as_view(), name="campaign-value"),
    path("creation/", listing.CreationList.as_view(), name="campaign-creation"),
    path("creation/map/", listing.CreationMap.as_view(), name="campaign-creation-map"),
    path("creation/tablet/", listing.CreationTablet.as_view(), name="campaign-creation-tablet"),
    path("creation/<uuid:id>/", one.CreationCard.as_view(), name="campaign-creation-card"),
    path(
        "creation/<uuid:id>/stages/<uuid:move>/",
        one.CreationStage.as_view(),
        name="campaign-creation-stage",
    ),
    path(
        "creation/<uuid:id>/vetoes/<uuid:veto>/",
        one.CreationVeto.as_view(),
        name="campaign-creation-veto",
    ),
    path(
        "creation/<uuid:id>/vetoes/<uuid:veto>/lifted/",
        one.CreationVetoLifted.as_view(),
        name="campaign-creation-veto-lifted",
    ),
    path("sheets/<uuid:id>/", one.OneSheet.as_view(), name="campaign-sheet"),
    path("reports/", reports.Reports.as_view(), name="campaign-reports"),
    path(
        "reports/<str:month>/<str:kind>/<int:place>/",
        reports.OneReport.as_view(),
        name="campaign-report",
    ),
    path(
        "reports/<str:month>/<str:kind>/<int:place>/cells/",
        reports.ReportCells.as_view(),
        name="campaign-report-cells",
    ),
    path(
        "reports/<str:month>/<str:kind>/<int:place>/workbook.xlsx",
        reports.Workbook.as_view(),
        name="campaign-report-workbook",
    ),
    path(
        "reports/<str:month>/<str:kind>/<int:place>/moves/<uuid:id>/",
        reports.OneMove.as_view(),
        name="campaign-report-move",
    ),
    path("complaints/", Complaints.as_view(), name="campaign-complaints"),
    path("ledgers/", ledgers.Ledgers.as_view(), name="campaign-ledger-list"),
    path("ledgers/<slug:slug>/rows/", ledgers.Rows.as_view(), name="campaign-ledger-rows"),
    path(
        "ledgers/<slug:slug>/rows/<uuid:id>/", ledgers.OneRow.as_view(), name="campaign-ledger-row"
    ),
    path("ledgers/<slug:slug>/file/", ledgers.File.as_view(), name="campaign-ledger-file"),
    path("ledgers/<slug:slug>/owed/", ledgers.Owed.as_view(), name="campaign-ledger-owed"),
]
