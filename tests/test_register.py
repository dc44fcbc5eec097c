from __future__ import annotations

import os
import socket
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kyotei.diagnostics import Severity
from kyotei.register import PathMissing, Register, load
from kyotei.text import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIES = "[{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]"
FOLDER = Path("agreements")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The register's folder, empty, below the current folder."""
    monkeypatch.chdir(tmp_path)
    FOLDER.mkdir()
    return FOLDER


def agreement(file: Path | str, identifier: str = "") -> Path:
    file = Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    text = f"id: {identifier or file.stem}\ntitle: 連携協定\nsigned: 2026-04-01\nparties: {PARTIES}\n"
    file.write_text(f"{text}term: {{start: signing, length: 1 year}}\n", encoding="utf-8")
    return file


def files(register: Register) -> list[str]:
    return [entry.file for entry in register.entries]


def found(register: Register) -> list[tuple[str, str, dict[str, str]]]:
    assert all((one.place.line, one.place.column) == (1, 1) for one in register.diagnostics)
    return [(one.place.file, one.message, dict(one.values)) for one in register.diagnostics]


def test_a_folder_is_searched_for_agreements_at_any_depth() -> None:
    for name in ("b.yaml", "a.yml", "UPPER.YAML", "x.yaml/c.yaml", "2026/4/d.Yml", "-e.yaml"):
        agreement(FOLDER / name, Path(name).stem.lower().strip("-"))
    for name in ("readme.md", "b.yaml~", "yaml", "x.yaml.bak"):
        (FOLDER / name).write_text("not: [ours", encoding="utf-8")
    register = load([FOLDER])
    assert register.diagnostics == ()
    assert register.checked == 6
    assert [file.removeprefix("agreements/") for file in files(register)] == [
        "a.yml",
        "b.yaml",
        "x.yaml/c.yaml",
        "2026/4/d.Yml",
        "-e.yaml",
        "UPPER.YAML",
    ]


def test_hidden_files_and_folders_are_passed_over() -> None:
    agreement(FOLDER / "a.yaml")
    for name in (".b.yaml", ".git/c.yaml", ".yaml"):
        agreement(FOLDER / name, "hidden")
    (FOLDER / ".#a.yaml").symlink_to("user@host:1")  # an editor's lock
    assert found(load([FOLDER])) == []
    assert files(load([FOLDER])) == ["agreements/a.yaml"]


def test_what_is_given_is_read_even_if_hidden_and_whatever_its_suffix() -> None:
    given = [agreement("draft.txt"), agreement(".hidden/b.yaml"), agreement(".c.yaml", "c")]
    assert files(load([given[0], Path(".hidden"), given[2]])) == [".hidden/b.yaml", ".c.yaml", "draft.txt"]


def test_entries_are_sorted_by_id_and_then_by_file() -> None:
    for name, identifier in (("z.yaml", "a"), ("b.yaml", "z"), ("a.yaml", "z")):
        agreement(FOLDER / name, identifier)
    assert files(load([FOLDER])) == ["agreements/z.yaml", "agreements/a.yaml", "agreements/b.yaml"]


def test_paths_are_shown_as_they_were_given(tmp_path: Path) -> None:
    agreement(FOLDER / "deep" / "a.yaml")
    assert files(load([Path()])) == ["agreements/deep/a.yaml"]
    assert files(load([Path("agreements/../agreements/")])) == ["agreements/../agreements/deep/a.yaml"]
    assert files(load([tmp_path])) == [f"{tmp_path.as_posix()}/agreements/deep/a.yaml"]


def test_one_bad_file_never_hides_the_good_ones() -> None:
    agreement(FOLDER / "a.yaml")
    (FOLDER / "b.yaml").write_text("id: [", encoding="utf-8")
    (FOLDER / "c.yaml").write_bytes(b" " * (MOST_BYTES + 1))
    register = load([FOLDER])
    assert files(register) == ["agreements/a.yaml"]
    assert [(one.place.file, one.code) for one in register.diagnostics] == [
        ("agreements/b.yaml", "yaml-invalid"),
        ("agreements/c.yaml", "file-too-large"),
    ]
    assert register.checked == 3


def test_a_file_reached_twice_is_read_once_under_its_first_name(tmp_path: Path) -> None:
    file = agreement(FOLDER / "deep" / "a.yaml")
    os.mkfifo(FOLDER / "deep" / "fifo.yaml")
    register = load([FOLDER / "deep", FOLDER, file, Path(), tmp_path / file, FOLDER])
    assert files(register) == ["agreements/deep/a.yaml"]
    assert found(register) == [("agreements/deep/fifo.yaml", "file-not-regular", {})]
    assert register.checked == 2


def test_two_names_of_one_file_on_the_disk_are_two_files() -> None:
    (FOLDER / "b.yaml").hardlink_to(agreement(FOLDER / "a.yaml"))
    assert files(load([FOLDER])) == ["agreements/a.yaml", "agreements/b.yaml"]


@pytest.mark.parametrize("name", ["missing", "missing/a.yaml", "agreements/a.yaml/b", "nul\0", "\ud800"])
def test_a_path_that_does_not_exist_is_a_wrong_use(name: str) -> None:
    agreement(FOLDER / "a.yaml")
    with pytest.raises(PathMissing) as raised:
        load([FOLDER, Path(name)])
    assert raised.value.path == name


def test_a_path_that_cannot_exist_is_named() -> None:
    register = load([Path("n" * 5000)])
    assert found(register) == [("n" * 5000, "file-unreadable", {"reason": "File name too long"})]


def test_no_path_is_an_empty_register() -> None:
    assert load([]) == Register((), (), 0)


def test_an_empty_folder_says_so() -> None:
    (FOLDER / "sub").mkdir()
    (FOLDER / "readme.md").touch()
    register = load([FOLDER])
    assert found(register) == [("agreements", "folder-empty", {})]
    assert register.diagnostics[0].severity is Severity.WARNING
    os.mkfifo(FOLDER / "sub" / "a.yaml")
    assert found(load([FOLDER])) == [("agreements/sub/a.yaml", "file-not-regular", {})]


def test_a_link_within_a_given_folder_is_followed() -> None:
    agreement(FOLDER / ".store" / "1", "stored")
    (FOLDER / "stored.yaml").symlink_to(".store/1")
    assert files(load([FOLDER])) == ["agreements/stored.yaml"]


def test_a_file_and_a_link_to_it_are_one_under_the_files_own_name() -> None:
    agreement(FOLDER / "b.yaml")
    (FOLDER / "a.yaml").symlink_to("b.yaml")
    assert files(load([FOLDER])) == files(load([FOLDER / "a.yaml", FOLDER])) == ["agreements/b.yaml"]
    assert files(load([FOLDER / "a.yaml"])) == ["agreements/a.yaml"]


def test_a_link_out_of_the_folder_is_a_finding_and_not_read() -> None:
    agreement("outside.yaml")
    agreement("agreements-old/old.yaml")
    (FOLDER / "a.yaml").symlink_to("../outside.yaml")
    (FOLDER / "b.yaml").symlink_to("../agreements-old/old.yaml")
    (FOLDER / "c.yaml").symlink_to("/dev/null")
    (FOLDER / "note.md").symlink_to("../outside.yaml")
    register = load([FOLDER])
    assert (files(register), register.checked) == ([], 0)
    assert found(register) == [
        ("agreements/a.yaml", "link-leaves-folder", {"target": "../outside.yaml"}),
        ("agreements/b.yaml", "link-leaves-folder", {"target": "../agreements-old/old.yaml"}),
        ("agreements/c.yaml", "link-leaves-folder", {"target": "/dev/null"}),
    ]


def test_a_link_from_one_given_folder_into_another_leaves_none() -> None:
    agreement(FOLDER / "deep" / "a.yaml")
    agreement(FOLDER / ".store" / "b")
    (FOLDER / "deep" / "b.yaml").symlink_to("../.store/b")
    assert [one.code for one in load([FOLDER / "deep"]).diagnostics] == ["link-leaves-folder"]
    assert load([FOLDER / "deep", FOLDER]).diagnostics == ()


def test_a_link_that_is_given_is_followed_wherever_it_leads() -> None:
    agreement("elsewhere/outside.yaml")
    Path("a.yaml").symlink_to("elsewhere/outside.yaml")
    Path("register").symlink_to("elsewhere")
    assert files(load([Path("a.yaml")])) == ["a.yaml"]
    assert files(load([Path("register")])) == ["register/outside.yaml"]


def test_a_link_to_a_folder_is_a_finding_and_not_followed() -> None:
    agreement(FOLDER / "deep" / "a.yaml")
    (FOLDER / "again").symlink_to("deep")
    (FOLDER / "up.yaml").symlink_to("..")
    register = load([FOLDER])
    assert files(register) == ["agreements/deep/a.yaml"]
    assert found(register) == [
        ("agreements/again", "link-to-folder", {"target": "deep"}),
        ("agreements/up.yaml", "link-to-folder", {"target": ".."}),
    ]


def test_a_link_that_leads_nowhere_is_a_finding() -> None:
    (FOLDER / "broken").symlink_to("gone")  # whether it has been a folder, nobody can tell
    (FOLDER / "loop.yaml").symlink_to("other.yaml")
    (FOLDER / "other.yaml").symlink_to("loop.yaml")
    (FOLDER / "self.yaml").symlink_to("self.yaml")
    agreement(FOLDER / "a.yaml")
    (FOLDER / "under.yaml").symlink_to("a.yaml/b")
    register = load([FOLDER])
    assert files(register) == ["agreements/a.yaml"]
    assert found(register) == [
        ("agreements/broken", "link-broken", {"target": "gone"}),
        ("agreements/loop.yaml", "link-broken", {"target": "other.yaml"}),
        ("agreements/other.yaml", "link-broken", {"target": "loop.yaml"}),
        ("agreements/self.yaml", "link-broken", {"target": "self.yaml"}),
        ("agreements/under.yaml", "link-broken", {"target": "a.yaml/b"}),
    ]
    assert found(load([FOLDER / "loop.yaml"])) == [
        ("agreements/loop.yaml", "link-broken", {"target": "other.yaml"})
    ]


def test_what_is_no_regular_file_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(FOLDER / "fifo.yaml")
    (FOLDER / "link.yaml").symlink_to("fifo.yaml")
    os.mkfifo(FOLDER / "fifo")
    monkeypatch.chdir(FOLDER)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.yaml")
        monkeypatch.setattr(os, "open", None)
        register = load([Path(), Path("fifo"), Path("/dev/null")])
    assert found(register) == [
        (name, "file-not-regular", {}) for name in ("/dev/null", "fifo", "fifo.yaml", "socket.yaml")
    ]
    assert register.checked == 4


def test_a_file_that_becomes_a_fifo_does_not_block(monkeypatch: pytest.MonkeyPatch) -> None:
    file = agreement(FOLDER / "a.yaml")
    honest = os.open

    def swapped(path: str, flags: int) -> int:
        Path(path).unlink()
        os.mkfifo(path)
        return honest(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    assert found(load([FOLDER])) == [(file.as_posix(), "file-not-regular", {})]


def test_a_file_that_grows_is_read_no_further_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    file = agreement(FOLDER / "a.yaml")
    honest = os.open

    def grown(path: str, flags: int) -> int:
        os.truncate(path, 1 << 40)
        return honest(path, flags)

    monkeypatch.setattr(os, "open", grown)
    assert found(load([FOLDER])) == [(file.as_posix(), "file-too-large", {"most": "256"})]


def test_a_file_that_vanishes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    file = agreement(FOLDER / "a.yaml")
    honest = os.open

    def vanished(path: str, flags: int) -> int:
        Path(path).unlink()
        return honest(path, flags)

    monkeypatch.setattr(os, "open", vanished)
    reason = {"reason": "No such file or directory"}
    assert found(load([FOLDER])) == [(file.as_posix(), "file-unreadable", reason)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(PermissionError(13, "Permission denied"), "Permission denied"), (OSError(), "OSError")],
)
def test_a_file_that_may_not_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def refused(*_: object) -> int:
        raise error

    agreement(FOLDER / "a.yaml").chmod(0)
    monkeypatch.setattr(os, "open", refused)
    register = load([FOLDER])
    assert found(register) == [("agreements/a.yaml", "file-unreadable", {"reason": reason})]
    assert register.checked == 1


def test_a_path_that_may_not_be_asked_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path) -> os.stat_result:
        raise PermissionError(13, "Permission denied", self)

    monkeypatch.setattr(Path, "lstat", refused)
    assert found(load([FOLDER])) == [("agreements", "file-unreadable", {"reason": "Permission denied"})]


def test_a_folder_that_may_not_be_read_is_named_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agreement(FOLDER / "a" / "a.yaml")
    agreement(FOLDER / "b" / "b.yaml").parent.chmod(0)
    honest = os.scandir

    def refused(path: str) -> Iterator[os.DirEntry[str]]:
        if path == "agreements/b":
            raise PermissionError(13, "Permission denied", path)
        return honest(path)

    monkeypatch.setattr(os, "scandir", refused)
    register = load([FOLDER])
    (FOLDER / "b").chmod(0o700)
    assert files(register) == ["agreements/a/a.yaml"]
    assert found(register) == [("agreements/b", "folder-unreadable", {"reason": "Permission denied"})]


def test_an_entry_that_is_gone_before_it_is_looked_at_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        """An entry of a file system that tells no kinds, so each is asked for."""

        name = "a.yaml"

        def is_symlink(self) -> bool:
            raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "scandir", lambda _: nullcontext([Gone()]))
    reason = {"reason": "No such file or directory"}
    assert found(load([FOLDER])) == [("agreements/a.yaml", "file-unreadable", reason)]


@pytest.mark.parametrize(
    "name", [b"\xff\xfe.yaml", b"a\nb\x1b[31m.yaml", b"-x.yaml", b"* ?.yaml", b"[/a].yaml"]
)
def test_any_name_is_read_and_shown_as_it_is(name: bytes) -> None:
    shown = os.fsdecode(name)
    agreement(FOLDER / shown, "a")
    assert files(load([FOLDER])) == files(load([FOLDER / shown])) == [f"agreements/{shown}"]
    os.truncate(FOLDER / shown, 5)
    assert load([FOLDER]).diagnostics[0].place.file == f"agreements/{shown}"


def test_folders_may_nest_deeper_than_functions() -> None:
    top = Path.cwd()
    for _ in range(1100):
        os.mkdir("d")  # noqa: PTH102 (a path of all of them is too long to be absolute)
        os.chdir("d")
    agreement("a.yaml")
    os.chdir(top)
    try:
        assert files(load([Path("d")])) == [f"{'d/' * 1100}a.yaml"]
    finally:
        Path("d/" * 1100, "a.yaml").unlink()
        for depth in range(1100, 0, -1):
            Path("d/" * depth).rmdir()
