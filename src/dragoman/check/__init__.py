"""Checks: what an editor must look at in a translation, whoever made it.

`pair` is what the checks look at, `finding` what they say, `registry` their list and the way to run them, `settings`
what `dragoman.toml` says about them. Each check is a class of a few lines whose docstring is its manual.
"""
