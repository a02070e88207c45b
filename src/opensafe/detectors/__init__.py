"""Says what is in a specimen: one file for each detector, found by listing `secrets/`, `names/` and `data/`.

`catalogue` lists them, `kinds` holds the three ways in which one can work, `engine` runs them all. A new detector is
a new file that defines `DETECTOR`; the examples on its card are its tests.
"""
