"""Every address of the house, read from the address map itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.utils.regex_helper import normalize

SAMPLES = {IntConverter: "1", UUIDConverter: "00000000-0000-7000-8000-000000000000"}


@dataclass(frozen=True)
class Address:
    """`template` with `%(name)s` where a part of the path may vary; `parts`: what each of them is
    read by, None where anything goes."""

    template: str
    parts: dict[str, type | None]

    def with_parts(self, **told: Any) -> str:
        return self.template % told


def every_address() -> list[str]:
    """One sample path of each."""
    return sorted(
        {
            each.with_parts(**{name: SAMPLES.get(read, "x") for name, read in each.parts.items()})
            for each in every_template()
        }
    )


def every_template() -> Iterator[Address]:
    yield from _under(get_resolver(), "/", {})


def _under(resolver: URLResolver, before: str, converters: dict) -> Iterator[Address]:
    for each in resolver.url_patterns:
        known = converters | each.pattern.converters
        template, names = normalize(each.pattern.regex.pattern)[0]
        path = before + template
        if isinstance(each, URLResolver):
            yield from _under(each, path, known)
        elif isinstance(each, URLPattern):
            parts = {name: type(known[name]) if name in known else None for name in names}
            yield Address(path, _outer(path, known, parts))


def _outer(path: str, known: dict, parts: dict[str, type | None]) -> dict[str, type | None]:
    """Parts that an address above it has, too."""
    outer = {name: type(each) for name, each in known.items() if f"%({name})s" in path}
    return outer | parts
