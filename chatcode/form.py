"""A form in YAML: fields taken one by one, every refusal with file, line and place.

Line numbers come from the nodes that PyYAML composes; they are gone once it has made plain data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn, TypeVar

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from chatcode.errors import CodebookError

T = TypeVar("T")

_MINUTES = {"min": 1, "h": 60, "d": 24 * 60}


class Form:
    """A mapping of the file; a field that is left untaken is refused by `finish`.

    `where` is what errors call the place, e.g. `code 7-`.
    """

    def __init__(self, node: Node, origin: str, where: str = "") -> None:
        self.node, self.origin, self.where = node, origin, where
        self.fields: dict[str, Node] = {}
        self._taken: set[str] = set()
        if not isinstance(node, MappingNode):
            self.refuse("expected fields of the form `name: value`")
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or not key.value:
                self.refuse("a field needs a name", key)
            if key.value in self.fields:
                self.refuse(f"`{key.value}` stands here twice", key)
            self.fields[key.value] = value

    @classmethod
    def read(cls, text: str, origin: str) -> Form:
        """Read the whole text of a file.

        Raises:
            CodebookError: it is no YAML, or empty, or no mapping.
        """
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            node = yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise CodebookError(
                f"{origin}:{line}: this is no valid YAML: {error.problem}",
                "look at indentation, quotes and colons in and above this line",
            ) from error
        except yaml.YAMLError as error:
            raise CodebookError(
                f"{origin}:1: this is no valid YAML", "save the file as UTF-8 text"
            ) from error
        if node is None:
            raise CodebookError(f"{origin}:1: the codebook is empty", "start from the bundled codebook")
        return cls(node, origin)

    @property
    def line(self) -> int:
        """The line on which the form starts."""
        return int(self.node.start_mark.line) + 1

    def refuse(self, what: str, node: Node | None = None) -> NoReturn:
        """Raise the error that names file, line and place."""
        line = (node or self.node).start_mark.line + 1
        where = f" {self.where}:" if self.where else ""
        raise CodebookError(f"{self.origin}:{line}:{where} {what}", "mend this line and try again")

    def refuse_field(self, name: str, what: str) -> NoReturn:
        """Refuse the value of a field."""
        self.refuse(what, self.fields[name])

    def finish(self) -> None:
        """Refuse a field that nobody asked for."""
        for name, node in self.fields.items():
            if name not in self._taken:
                self.refuse(f"there is no field `{name}`", node)

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self.fields

    def form(self, name: str, where: str | None = None) -> Form:
        """A field that holds fields of its own."""
        return Form(self._take(name), self.origin, self.where if where is None else where)

    def forms(self, name: str) -> list[Form]:
        """A field that holds a list of forms; none where it is absent."""
        if not self.has(name):
            return []
        node = self._take(name)
        if not isinstance(node, SequenceNode):
            self.refuse(f"`{name}` must be a list", node)
        return [Form(item, self.origin, self.where) for item in node.value]

    def text(self, name: str) -> str:
        """A text that is not empty."""
        return self._scalar(name, self._take(name), "a text")

    def texts(self, name: str, least: int = 0) -> tuple[str, ...]:
        """A list of texts (a single text counts as a list of one); `least` 0 makes it optional."""
        if not least and not self.has(name):
            return ()
        node = self._take(name)
        items = node.value if isinstance(node, SequenceNode) else [node]
        found = tuple(self._scalar(name, item, "a list of texts") for item in items)
        if len(found) < least:
            self.refuse(f"`{name}` needs at least {least}", node)
        return found

    def choice(self, name: str, allowed: Mapping[str, T]) -> T:
        """One of the allowed words, as what it stands for."""
        node = self._take(name)
        if not isinstance(node, ScalarNode) or node.value not in allowed:
            self.refuse(f"`{name}` must be one of: {', '.join(allowed)}", node)
        return allowed[node.value]

    def flag(self, name: str) -> bool | None:
        """`true` or `false`; None where it is absent."""
        return self.choice(name, {"true": True, "false": False}) if self.has(name) else None

    def number(self, name: str) -> int | None:
        """A whole number; None where it is absent."""
        if not self.has(name):
            return None
        node = self._take(name)
        if not isinstance(node, ScalarNode) or not node.value.isdecimal():
            self.refuse(f"`{name}` must be a whole number", node)
        return int(node.value)

    def minutes(self, name: str) -> int:
        """A time such as `60 min`, `24 h` or `7 d`, in minutes."""
        found = re.fullmatch(r"(\d+) ?(min|h|d)", self.text(name))
        if not found:
            self.refuse_field(name, f"`{name}` must be a time such as `60 min`, `24 h` or `7 d`")
        return int(found[1]) * _MINUTES[found[2]]

    def plain(self) -> object:
        """The content as plain data in a fixed order: comments and layout make no difference."""
        return _plain(self.node)

    def _take(self, name: str) -> Node:
        self._taken.add(name)
        if name not in self.fields:
            self.refuse(f"`{name}` is missing")
        return self.fields[name]

    def _scalar(self, name: str, node: Node, kind: str) -> str:
        if not isinstance(node, ScalarNode) or not node.value.strip():
            self.refuse(f"`{name}` must be {kind}", node)
        return str(node.value).strip()


def _plain(node: Node) -> object:
    if isinstance(node, MappingNode):
        return sorted((str(key.value), _plain(value)) for key, value in node.value)
    return [_plain(item) for item in node.value] if isinstance(node, SequenceNode) else node.value.strip()
