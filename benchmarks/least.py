"""The floor of a start: the least program that reads one file with typer, pydantic and ruamel.yaml.

One command, one model of one field, nothing done with the file. What kyotei saves, it saves too: it looks for
no plug-ins of pydantic, and Python looks for no cycles.
"""

import gc
import os

import typer

gc.disable()
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
app = typer.Typer()


@app.command()
def least(file: str) -> None:
    """Read a file, and validate one word."""
    from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # noqa: PLC0415 (as kyotei imports it)
    from pydantic import BaseModel  # noqa: PLC0415 (as above)

    class Agreement(BaseModel):
        id: str

    with open(file, "rb") as stream:  # noqa: PTH123 (pathlib would take longer)
        parser = CParser(stream.read())
    while parser.check_event():
        parser.get_event()
    Agreement.model_validate({"id": "a"})


if __name__ == "__main__":
    app()
