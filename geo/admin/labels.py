"""Labels of the rows ticked in a list, as a sheet to print."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from geo.labels import sheet

MOST_LABELS = 2000
TITLE = _("Print QR labels")


def print_labels(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    rows = queryset.filter(retired_at=None)[: MOST_LABELS + 1]
    if len(rows) > MOST_LABELS:
        messages.error(request, _t("At most %(most)s rows at once.") % {"most": MOST_LABELS})
        return None
    if not rows:
        messages.error(request, _t("There is nothing to print."))
        return None
    reply = HttpResponse(sheet(model_admin.labels(rows)), content_type="application/pdf")
    name = model_admin.opts.model_name
    reply["Content-Disposition"] = f'attachment; filename="xuntu-{name}-labels.pdf"'
    return reply
