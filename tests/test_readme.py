"""The commands in the documents print what the documents say.

`python tests/test_readme.py` writes the answers into the documents anew; read the difference before you
commit it.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.ja.md")
DOCUMENTS = (*PAGES, "docs/exports.md", "docs/exports.ja.md", "docs/letter.md", "docs/page.md")
BLOCK = re.compile(
    r"^```console\n\$ (?P<command>kyotei [^\n]*)\n(?P<answer>.*?)^```$", re.MULTILINE | re.DOTALL
)


def answer(command: str) -> str:
    """Run a command as a newcomer would: in the repository, into a pipe."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KYOTEI_")}
    words = [sys.executable, "-m", *shlex.split(command)]
    ran = subprocess.run(
        words,
        cwd=ROOT,
        env={**environment, "COLUMNS": "100"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return ran.stdout + ran.stderr


def blocks() -> list[tuple[str, str, str]]:
    pages = [(page, (ROOT / page).read_text(encoding="utf-8")) for page in DOCUMENTS]
    found = [(page, block) for page, text in pages for block in BLOCK.finditer(text)]
    return [(page, block["command"], block["answer"]) for page, block in found]


@pytest.mark.parametrize(("page", "command", "expected"), blocks(), ids=lambda value: value.split("\n")[0])
def test_the_page_shows_what_the_command_prints(page: str, command: str, expected: str) -> None:
    assert answer(command) == expected, f"python tests/test_readme.py writes {page} anew"


@pytest.mark.parametrize("page", PAGES)
def test_the_two_first_commands_are_one_line_each(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [command.count("\n") for command in commands[:2]] == [1, 1]
    assert "kyotei status" in commands[0]
    assert "pytest" in commands[1]


def write_anew() -> None:
    for page in DOCUMENTS:
        path = ROOT / page
        text = BLOCK.sub(
            lambda found: f"```console\n$ {found['command']}\n{answer(found['command'])}```",
            path.read_text(encoding="utf-8"),
        )
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_anew()
