"""Every address of the house, read from the address map itself."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.utils.regex_helper import normalize

SAMPLES = {IntConverter: "1", UUIDConverter: "00000000-0000-7000-8000-000000000000"}


def every_address() -> list[str]:
    """One sample path of each."""
    return sorted({f"/{path}" for path in _paths(get_resolver(), "", {})})


def _paths(resolver: URLResolver, before: str, converters: dict) -> Iterator[str]:
    for each in resolver.url_patterns:
        known = converters | each.pattern.converters
        template, names = normalize(each.pattern.regex.pattern)[0]
        samples = {name: SAMPLES.get(type(known.get(name)), "x") for name in names}
        path = before + template % samples
        if isinstance(each, URLResolver):
            yield from _paths(each, path, known)
        elif isinstance(each, URLPattern):
            yield path
