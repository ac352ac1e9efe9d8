"""The five competency standards as data, and the ids of the communication techniques."""

from roleplay.standards.finding import Catalogue, UnknownName
from roleplay.standards.model import Indicator, Standard
from roleplay.standards.reading import catalogue

__all__ = ["Catalogue", "Indicator", "Standard", "UnknownName", "catalogue"]
