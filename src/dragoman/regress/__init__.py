"""Regression checks: baselines of translated articles, and what changed since."""
