"""The addresses under /api/v1/planning/."""

from django.urls import path

from planning.api import (
    around,
    check,
    coverage,
    documents,
    effect,
    files,
    plans,
    proposals,
    rules,
    selections,
    steps,
)

urlpatterns = [
    path("coverage/", coverage.Coverage.as_view()),
    path("plans/", plans.Plans.as_view()),
    path("plans/<uuid:id>/", plans.OnePlan.as_view()),
    path("plans/<uuid:id>/copy/", plans.Copy.as_view()),
    path("plans/<uuid:id>/archive/", plans.Archive.as_view()),
    path("plans/<uuid:id>/restore/", plans.Restore.as_view()),
    path("plans/<uuid:id>/edits/", plans.Edits.as_view()),
    path("plans/<uuid:id>/files/<str:ending>/", files.PlanFile.as_view()),
    path("proposals/<uuid:id>/", proposals.OneProposal.as_view()),
    path("proposals/<uuid:id>/restore/", proposals.Restore.as_view()),
    path("proposals/<uuid:id>/edits/", proposals.Edits.as_view()),
    path("proposals/<uuid:id>/sheet.pdf", files.Sheet.as_view(), name="planned-site-sheet"),
    path("proposals/<uuid:id>/effect/", effect.Effect.as_view()),
    path("proposals/<uuid:proposal>/steps/<uuid:id>/", steps.OneStep.as_view()),
    path(
        "proposals/<uuid:proposal>/documents/<uuid:id>/",
        documents.OneDocument.as_view(),
        name="planning-document",
    ),
    path("rules/", rules.Rules.as_view()),
    path("around/", around.Around.as_view()),
    path("check/", check.Check.as_view()),
    path("selections/", selections.Selections.as_view()),
    path("selections/<uuid:id>/", selections.OneSelection.as_view()),
    path("selections/<uuid:id>/cancel/", selections.Cancel.as_view()),
    path("selections/<uuid:id>/take/", selections.Take.as_view()),
]
