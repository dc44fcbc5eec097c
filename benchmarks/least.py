"""The floor of a start: the least program that reads one file with typer, pydantic and ruamel.yaml.

One command, one model of one field, nothing done with the file; with `--table` one table of one cell by rich.
What kyotei saves, it saves too: it looks for no plug-ins of pydantic, and Python looks for no cycles.
"""

import gc
import os

import typer

gc.disable()
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
app = typer.Typer()


@app.command()
def least(file: str, *, table: bool = False) -> None:
    """Read a file, validate one word, and perhaps show it."""
    from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # noqa: PLC0415 (as kyotei imports it)
    from pydantic import BaseModel  # noqa: PLC0415 (as above)

    class Agreement(BaseModel):
        id: str

    with open(file, "rb") as stream:  # noqa: PTH123 (pathlib would take longer)
        parser = CParser(stream.read())
    while parser.check_event():
        parser.get_event()
    agreement = Agreement.model_validate({"id": "a"})
    if table:
        from rich.console import Console  # noqa: PLC0415 (as above)
        from rich.table import Table  # noqa: PLC0415 (as above)

        shown = Table("id")
        shown.add_row(agreement.id)
        Console().print(shown)


if __name__ == "__main__":
    app()
