"""A message of Fluent as a function of its values: words, places for values, and choices between variants.

Nothing else that Fluent knows is used here (terms, functions, attributes), and a message that holds it is refused. A
variant is chosen by a word, or by a number: by itself, else by its plural form (CLDR).
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from fluent.syntax import FluentParser, ast

#: What a message may be given: words, and numbers that it may inflect by.
Value = str | int | float
#: Writes with values by name; KeyError where one is not given.
Writer = Callable[[Mapping[str, Value]], str]


class Numbers(NamedTuple):
    """What a language does with numbers."""

    #: Returns how one is written.
    written: Callable[[float], str]
    #: Returns the plural form that goes with one: "one", "few", "many", "other".
    plural: Callable[[float], str]


def make_writer(source: str, numbers: Numbers) -> Writer:
    """Return what writes a message, given as it stands in its file.

    Raises:
        ValueError: it is no message, or holds what is not used here.
    """
    entry: Any = FluentParser(with_spans=False).parse_entry(source)
    if not isinstance(entry, ast.Message) or entry.value is None or entry.attributes:
        raise ValueError(f"no message of words alone: {source}")
    return _pattern(entry.value, numbers)


def _pattern(pattern: Any, numbers: Numbers) -> Writer:
    parts = [_element(element, numbers) for element in pattern.elements]
    if len(parts) == 1:
        only = parts[0]
        return (lambda _: only) if isinstance(only, str) else only
    return lambda values: "".join([part if isinstance(part, str) else part(values) for part in parts])


def _element(element: Any, numbers: Numbers) -> str | Writer:
    if isinstance(element, ast.TextElement):
        return str(element.value)
    match element.expression:
        case ast.StringLiteral() as words:
            return str(words.parse()["value"])
        case ast.VariableReference(id=name):
            return _place(name.name, numbers)
        case ast.SelectExpression(selector=ast.VariableReference(id=name), variants=variants):
            return _choice(name.name, variants, numbers)
    raise ValueError(f"not used in messages here: {type(element.expression).__name__}")


def _place(name: str, numbers: Numbers) -> Writer:
    written = numbers.written

    def write(values: Mapping[str, Value]) -> str:
        value = values[name]
        return value if isinstance(value, str) else written(value)

    return write


def _choice(name: str, variants: Any, numbers: Numbers) -> Writer:
    plural = numbers.plural
    made = [(variant, _pattern(variant.value, numbers)) for variant in variants]
    by_value: dict[Value, Writer] = {_key(variant.key): writer for variant, writer in made}
    [default] = [writer for variant, writer in made if variant.default]

    def write(values: Mapping[str, Value]) -> str:
        value = values[name]
        writer = by_value.get(value)
        if writer is None and not isinstance(value, str):
            writer = by_value.get(plural(value))
        return (writer or default)(values)

    return write


def _key(key: Any) -> Value:
    return float(key.value) if isinstance(key, ast.NumberLiteral) else str(key.name)
