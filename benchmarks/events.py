"""The unit of scale: libyaml reads every file of a folder into events, and nothing is done with them.

Through ruamel.yaml's C parser, the same that kyotei uses (without pathlib, which would take a tenth of it).
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from _ruamel_yaml import CParser  # type: ignore[import-not-found] # compiled, without types

if TYPE_CHECKING:
    from collections.abc import Iterator


def files(folder: str) -> Iterator[str]:
    """Yield every YAML file below a folder."""
    for place, _, names in os.walk(folder):
        yield from (f"{place}/{name}" for name in names if name.endswith(".yaml"))


def parse(file: str) -> None:
    """Read one file, event by event."""
    with open(file, "rb") as stream:  # noqa: PTH123 (as above)
        parser = CParser(stream.read())
    while parser.check_event():
        parser.get_event()
    parser.dispose()


if __name__ == "__main__":
    for each in files(sys.argv[1]):
        parse(each)
