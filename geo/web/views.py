"""Places to take away."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geo.files import FORMATS, LAYERS, dump


@require_safe
@never_cache
@login_required
def download(request: HttpRequest, slug: str, format: str) -> FileResponse:
    """One layer as a file: the rows in use that this person may see."""
    if slug not in LAYERS or format not in FORMATS:
        raise Http404
    layer = LAYERS[slug]
    return FileResponse(
        dump(layer, layer.rows().visible_to(request.user), format),
        as_attachment=True,
        filename=f"{slug}-{timezone.localdate().isoformat()}.{format}",
        content_type=FORMATS[format].content_type,
    )
