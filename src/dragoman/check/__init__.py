"""Findings: what an editor must look at in a translation."""
