"""What every test shares."""

from __future__ import annotations

from pathlib import Path

import pytest

import kyotei.source
from kyotei.model import Agreement

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def seed() -> Agreement:
    """The real agreement of Yokohama and Shibuya, read from its file."""
    raw = (ROOT / "agreements" / "yokohama-shibuya.yaml").read_bytes()
    return Agreement.model_validate(kyotei.source.read(raw).data)
