"""Glossaries: the terms of a house, found in any form and rendered as the sentence needs them."""
