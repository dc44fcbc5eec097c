"""kyotei: a register of cooperation agreements whose dates can be trusted.

The version is written here, not looked up: `importlib.metadata` costs 40 ms at every start.
"""

__version__ = "0.1.0"
