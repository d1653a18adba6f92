"""A register in and out as files: one page beside each list."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from geo.errors import Refused, RowsRefused
from geo.files import FORMATS, LAYERS, Layer, Loaded, Wishes, load_places

_MOST_NOTES = 100
_DATUMS = [
    ("", _("as the file says")),
    ("wgs84", _("WGS-84 (GPS)")),
    ("cgcs2000", _("CGCS2000 (survey, Tianditu)")),
    ("gcj02", _("GCJ-02 (Amap, Tencent)")),
    ("bd09", _("BD-09 (Baidu)")),
    ("epsg", _("projected, by EPSG number")),
]


class FileForm(forms.Form):
    layer = forms.ChoiceField(label=_("Layer"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("GeoPackage, zipped Shapefile, GeoJSON, KML, CSV or XLSX."),
    )
    datum = forms.ChoiceField(
        label=_("Coordinate system"),
        choices=_DATUMS,
        required=False,
        help_text=_("Where the file does not say it, it must be said: it is never guessed."),
    )
    epsg = forms.IntegerField(
        label=_("EPSG number"), required=False, min_value=1000, max_value=999_999
    )
    mapping = forms.CharField(
        label=_("Columns"),
        required=False,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=_(
            "Only where a column's name says nothing: a line for each, such as name=小区名称."
        ),
    )
    table = forms.CharField(
        label=_("Sheet or table"),
        required=False,
        help_text=_("Only where the file holds several."),
    )
    trust_datum = forms.BooleanField(
        label=_("Load although the places look shifted"), required=False
    )

    def __init__(self, *args: Any, layers: list[Layer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layer"].choices = [(one.slug, one.title) for one in layers]  # type: ignore[attr-defined]
        if len(layers) == 1:
            self.fields["layer"].initial = layers[0].slug
            self.fields["layer"].widget = forms.HiddenInput()

    def clean_mapping(self) -> dict[str, str]:
        mapping = {}
        for line in filter(str.strip, self.cleaned_data["mapping"].splitlines()):
            field, equals, column = line.partition("=")
            if not equals or not field.strip() or not column.strip():
                raise ValidationError(_t("Write field=column, not “%s”.") % line)
            mapping[field.strip()] = column.strip()
        return mapping

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("datum") == "epsg" and not cleaned.get("epsg"):
            self.add_error("epsg", _("Give the number, such as 4549."))
        return cleaned

    @property
    def wishes(self) -> Wishes:
        said = self.cleaned_data
        datum = f"EPSG:{said['epsg']}" if said["datum"] == "epsg" else said["datum"]
        return Wishes(
            datum=datum or None,
            mapping=said["mapping"],
            table=said["table"] or None,
            trust_datum=said["trust_datum"],
        )


class InFiles:
    """Adds the page to a register's admin, and the way to it from the list."""

    admin_site: Any
    opts: Any
    model: Any

    @property
    def layers(self) -> list[Layer]:
        return [one for one in LAYERS.values() if one.model is self.model]

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.files_view)
        own = path("files/", page, name=f"{self.opts.app_label}_{self.opts.model_name}_files")
        urls: list[URLPattern] = super().get_urls()  # type: ignore[misc]
        return [own, *urls] if self.layers else urls

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        tools = [{"address": "files/", "title": _("Files in and out")}] if self.layers else []
        page: HttpResponse = super().changelist_view(  # type: ignore[misc]
            request, {"tools": tools, **(extra_context or {})}
        )
        return page

    def files_view(self, request: HttpRequest) -> HttpResponse:
        """A file is looked at first or loaded at once; either way all of it, or nothing."""
        if not self.has_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        sent = request.method == "POST"
        form = FileForm(
            request.POST if sent else None, request.FILES if sent else None, layers=self.layers
        )
        looked = "load" not in request.POST
        loaded, refusal, problems, more = None, "", [], 0
        if sent and form.is_valid():
            try:
                loaded = _load(request, form, dry_run=looked)
                problems = loaded.notes[:_MOST_NOTES]
                more = len(loaded.notes) - len(problems)
            except RowsRefused as e:
                refusal, problems = str(e), e.details["problems"]
                more = e.details["found"] - len(problems)
            except Refused as e:
                refusal = str(e)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Files in and out"),
            "subtitle": None,
            "opts": self.opts,
            "form": form,
            "loaded": loaded,
            "looked": looked,
            "refusal": refusal,
            "problems": problems,
            "more": more,
            "downloads": [
                (
                    one.title,
                    [(each, reverse("places-download", args=[one.slug, each])) for each in FORMATS],
                )
                for one in self.layers
            ],
        }
        status = 400 if refusal or (sent and not form.is_valid()) else 200
        return TemplateResponse(request, "geo/admin/files.html", context, status=status)


def _load(request: HttpRequest, form: FileForm, *, dry_run: bool) -> Loaded:
    sent: UploadedFile[Any] = form.cleaned_data["file"]
    name = Path(sent.name or "").name
    with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
        # A name of our own; only its ending is theirs, which the reader checks.
        path = Path(folder) / f"upload{Path(name).suffix}"
        with path.open("wb") as file:
            for chunk in sent.chunks():
                file.write(chunk)
        return load_places(
            layer=LAYERS[form.cleaned_data["layer"]],
            path=path,
            name=name,
            wishes=form.wishes,
            dry_run=dry_run,
            by=request.user,  # type: ignore[arg-type]
        )
