"""Forms of the registers: what the database would refuse is said in a sentence before."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from geo.admin.shapes import ASSET_SHAPES, ShapeField
from geo.models import AssetType

# Constraint → the field it is told beside, and the sentence.
SENTENCES: Mapping[str, tuple[str, Any]] = {
    "one_community_in_use_per_name": ("name", _("A community in use has this name already.")),
    "one_company_per_credit_code": ("credit_code", _("Another company has this code.")),
    "one_estate_in_use_per_name_and_community": (
        "name",
        _("This community has an estate of this name already."),
    ),
    "a_named_company_is_a_company": (
        "has_company",
        _("A company is named: then it has a property company."),
    ),
    "one_building_in_use_per_number_and_estate": (
        "number",
        _("This estate has a building of this number already."),
    ),
    "a_building_has_height": ("height_m", _("A height is more than nothing.")),
    "one_asset_in_use_per_code_and_estate": (
        "code",
        _("This estate has one of this type and code already."),
    ),
    "a_layer_is_complete_once": ("layer", _("This estate's layer is known to be complete.")),
    "only_lanes_have_a_width": ("width_m", _("Only a fire lane has a width.")),
    "only_charging_sites_have_ports": (
        "status",
        _("Only a charging site is planned, and has ports, bays and a roof."),
    ),
}


class RegisterForm(forms.ModelForm):  # type: ignore[type-arg]
    sentences = SENTENCES

    def _post_clean(self) -> None:
        """Django leaves out constraints on fields that nobody may edit here, such as whether a row
        is in use, and tells the others by their names: all are asked again, and told in words."""
        super()._post_clean()  # type: ignore[misc]
        constraints = [each for _m, some in self.instance.get_constraints() for each in some]
        named = {each.get_violation_error_message() for each in constraints}
        told = [each for each in self.non_field_errors() if each not in named]
        self.errors.pop(NON_FIELD_ERRORS, None)
        for sentence in told:
            self.add_error(None, sentence)
        wrong = set(self.errors)
        for constraint in constraints:
            try:
                constraint.validate(type(self.instance), self.instance, exclude=wrong)
            except ValidationError as e:
                field, words = self.sentences.get(constraint.name, (NON_FIELD_ERRORS, None))
                self.add_error(field if field in self.fields else None, words or e)


class InEstateForm(RegisterForm):
    """A row that belongs to an estate is in its community; only what has none says which."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if estate := cleaned.get("estate"):
            cleaned["community"] = self.instance.community = estate.community
        elif "community" in self.fields and not cleaned.get("community"):
            self.add_error("community", _("Choose an estate, or at least a community."))
        return cleaned


class AssetForm(InEstateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "community" in self.fields:
            self.fields["community"].required = False
        geom = self.fields.get("geom")
        if isinstance(geom, ShapeField):
            geom.widget.by_type = ASSET_SHAPES

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        shape, type_ = cleaned.get("geom"), cleaned.get("type")
        if shape is not None and type_ and shape.geom_type not in ASSET_SHAPES[type_]:
            self.add_error("geom", _SHAPES_SAY[type_])
        if type_ and type_ != AssetType.CHARGING_SITE:
            for name in ("ports", "bays", "indoor"):
                if cleaned.get(name) is not None:
                    self.add_error(name, _("Only a charging site has this."))
        return cleaned


_SHAPES_SAY = {
    AssetType.LANE: _("A fire lane is drawn as a line."),
    AssetType.LIGHT: _("A light is drawn as a point."),
    AssetType.HYDRANT: _("A hydrant is drawn as a point."),
    AssetType.CHARGING_SITE: _("A charging site is drawn as a point or an area."),
    AssetType.OPERATION_AREA: _("An aerial-operation area is drawn as an area."),
    AssetType.VACANT_SPACE: _("A vacant space is drawn as an area."),
}
