"""What every test shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

import kyotei.source
from kyotei.model import Agreement

# A slow machine is no fault of the code.
settings.register_profile("kyotei", deadline=None)
settings.load_profile("kyotei")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def seed() -> Agreement:
    """The real agreement of Yokohama and Shibuya, read from its file."""
    raw = (ROOT / "agreements" / "yokohama-shibuya.yaml").read_bytes()
    return Agreement.model_validate(kyotei.source.read(raw).data)
