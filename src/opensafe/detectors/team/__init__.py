"""The rules that a team adds: read from YAML, checked, and made into detectors.

`yamltree` reads the file, `schema` makes rules of it, `expression` and `effort` check a pattern, `detector` runs one.
"""
