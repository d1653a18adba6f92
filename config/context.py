"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def office(request: HttpRequest) -> dict[str, object]:
    from geo.models import Office
    from people.web.pages import page_at, pages_of

    return {
        "import_map": settings.IMPORT_MAP,
        "demonstration": Office.is_demonstration(),
        "page_here": page_at(request.path),
        "pages": pages_of(request.user) if hasattr(request, "user") else [],
    }
