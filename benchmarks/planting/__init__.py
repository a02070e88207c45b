"""Plants credentials, identifiers and names into a repository, and remembers what it planted where.

Nothing here is shared with the detectors: no code, no list of words, no expression. Shapes come from the documents that
define them (vendors, NHS data dictionary, DVLA, HMRC, GMC, NMC). Every value is made at run time from a seed, and none
is kept. `families` says what is planted, `surfaces` in what it stands, `negatives` what must not be taken for it, and
`repository` makes a real repository of it all.
"""
