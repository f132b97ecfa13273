"""Dragoman: translation and localization of French news, offline, from the terminal."""

__version__ = "0.1.0"
