"""The register of places."""

from geo.models.assets import Asset, AssetType, Owner
from geo.models.background import ExcludedArea, Road
from geo.models.buildings import Building, Exit
from geo.models.changes import Change
from geo.models.communities import Community
from geo.models.estates import Estate, HeightClass, PropertyCompany
from geo.models.office import Office
from geo.models.register import Datum
from geo.models.surroundings import Gate, SensitivePlace, Survey
from geo.models.write_counts import WriteCount

__all__ = [
    "Asset",
    "AssetType",
    "Building",
    "Change",
    "Community",
    "Datum",
    "Estate",
    "ExcludedArea",
    "Exit",
    "Gate",
    "HeightClass",
    "Office",
    "Owner",
    "PropertyCompany",
    "Road",
    "SensitivePlace",
    "Survey",
    "WriteCount",
]
