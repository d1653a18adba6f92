"""What a paper says, block by block, in the order in which it is read."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, Self, TypeAlias

from inspections.papers.words import plain, plain_throughout

# 首行缩进, 一级标题, 二级标题, flush left, flush left and no justified line.
Style: TypeAlias = Literal["body", "level1", "level2", "flush"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    style: Style = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` in millimetres, together those of the type area."""

    widths: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Lines with a name and a value, or with room to write one by hand."""

    title: str
    lines: tuple[tuple[str, str], ...]


Block: TypeAlias = Paragraph | Table | Form


@dataclass(frozen=True, slots=True)
class Picture:
    """`file` is its name in the store; `sha256` of the photo's original."""

    file: str
    sha256: str
    caption: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`to`: who it is addressed to. `seal`: the words that stand where the seal goes."""

    issuer: str
    number: str
    title: str
    to: str
    body: tuple[Block, ...]
    signed_by: str
    signed_on: str
    seal: str
    forms: tuple[Block, ...] = ()
    annex: str = ""
    pictures: tuple[Picture, ...] = ()
    copies: str = ""
    printed: str = ""

    def told(self) -> dict[str, Any]:
        """As JSON; what people wrote is cleared of what no page can show."""
        return {
            **{name: plain_throughout(getattr(self, name)) for name in _LINES},
            "body": [_block(each) for each in self.body],
            "forms": [_block(each) for each in self.forms],
            "pictures": [asdict(each) | {"caption": plain(each.caption)} for each in self.pictures],
        }

    @classmethod
    def from_told(cls, told: dict[str, Any]) -> Self:
        return cls(
            **{name: told[name] for name in _LINES},
            body=tuple(map(_read, told["body"])),
            forms=tuple(map(_read, told["forms"])),
            pictures=tuple(Picture(**each) for each in told["pictures"]),
        )


_LINES = (
    "issuer",
    "number",
    "title",
    "to",
    "signed_by",
    "signed_on",
    "seal",
    "annex",
    "copies",
    "printed",
)
_BLOCKS: dict[str, type[Block]] = {"paragraph": Paragraph, "table": Table, "form": Form}
_TYPES = {block: name for name, block in _BLOCKS.items()}


def _block(block: Block) -> dict[str, Any]:
    return {"type": _TYPES[type(block)], **plain_throughout(asdict(block))}


def _read(told: dict[str, Any]) -> Block:
    return _BLOCKS[told["type"]](**{k: _tuples(v) for k, v in told.items() if k != "type"})


def _tuples(told: Any) -> Any:
    return tuple(map(_tuples, told)) if isinstance(told, list) else told
