"""The five competency standards as data, and the ids of the communication techniques."""

from roleplay.standards.model import Catalogue, Indicator, Standard, UnknownName
from roleplay.standards.reading import catalogue

__all__ = ["Catalogue", "Indicator", "Standard", "UnknownName", "catalogue"]
