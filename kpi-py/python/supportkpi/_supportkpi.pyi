from collections.abc import Callable
from typing import Any, final

__all__ = [
    "Found",
    "__version__",
    "answer",
    "calculate",
    "calculated",
    "catalogue",
    "find",
    "flags",
    "panic_on_purpose",
    "tidy_stream",
]
__version__: str

@final
class Found:
    def to_text(self, width: int = 80, colour: bool = False) -> str: ...
    def to_markdown(self) -> str: ...
    def to_html(self, title: str | None = None) -> str: ...
    def to_fragment(self) -> str: ...

def find(
    verb: str,
    tables: dict[str, Any],
    ask: dict[str, Any],
    options: dict[str, Any],
    threads: int | None = None,
    columns: dict[str, dict[str, tuple[str, dict[str, str] | None]]] | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Found, str]: ...
def answer(
    verb: str, tables: dict[str, Any], ask: dict[str, Any], options: dict[str, Any], threads: int | None = None
) -> str: ...
def calculate(calculator: str, ask: dict[str, Any]) -> str: ...
def calculated(calculator: str, ask: dict[str, Any]) -> tuple[Found, str]: ...
def tidy_stream(report: str, requested_schema: object | None = None) -> object: ...
def flags() -> list[tuple[str, str]]: ...
def catalogue() -> str: ...
def panic_on_purpose() -> None: ...
