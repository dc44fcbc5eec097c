"""The worked example of docs/import.md: its list, its commands, its answers.

`python tests/test_import_page.py` writes the answers anew; read the difference before you commit it.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "import.md"
BLOCK = re.compile(r"^```(?P<kind>csv|toml|console|yaml)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = "agreements/higashiyama-shi-2023.yaml"


def ran(folder: Path, command: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KYOTEI_")}
    words = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(
        words,
        cwd=folder,
        env={**environment, "COLUMNS": "110", "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return done.stderr + done.stdout


def played(folder: Path, page: str) -> str:
    """Do what the page tells, block by block; return it with the answers as they are."""
    lists = iter(("協定一覧.csv", "直し.csv"))

    def block(found: re.Match[str]) -> str:
        kind, text = found["kind"], found["text"]
        if kind == "csv":
            (folder / next(lists)).write_bytes(text.encode("utf-8-sig"))
        elif kind == "toml":
            (folder / "kyotei.toml").write_text(text, encoding="utf-8")
        elif kind == "yaml":
            text = (folder / SHOWN).read_text(encoding="utf-8")
        else:
            commands = re.findall(r"^\$ (.*)\n", text, re.MULTILINE)
            text = "".join(f"$ {command}\n{ran(folder, command)}" for command in commands)
        return f"```{kind}\n{text}```"

    return BLOCK.sub(block, page)


def test_the_page_shows_what_the_commands_print(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert played(tmp_path, page) == page, "python tests/test_import_page.py writes the page anew"


def test_the_example_ends_with_a_green_validate() -> None:
    assert "4 files, no findings\n```" in PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PAGE.write_text(played(Path(place), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
