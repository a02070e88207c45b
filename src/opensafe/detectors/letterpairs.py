"""How much likelier one character follows another in words and identifiers than in random text.

Made by `python -m benchmarks.letterpairs` from the reference and the standard library of Python 3.11
(21,257 distinct words; PSF licence; counts only, no text).
"""

SYMBOLS = "abcdefghijklmnopqrstuvwxyz0"
"""The columns: letters in any case, and 0 for every digit."""

STEPS = 3
"""Steps to a bit."""

ZERO = "m"
"""Stands for as likely as in random text; each letter of the alphabet from there is one step."""

# fmt: off
PAIRS = {
    "^": "porpoomlpehopnmqfpspnjljdda",
    "a": "enqpcfmanaispraoatrukihhjaa",
    "b": "tkmjrgddqnauhhrlappjsadaofb",
    "c": "salhsfdrnaqpjfvgbpksneaaiaa",
    "d": "qiknwjhfubcohirianoloffcgaa",
    "e": "pgqrmmjegaconsgmjusqekiogaa",
    "f": "qejkrrfbwaapghthaqmnpadajaa",
    "g": "oeihxgmpraaolpniarqlogfaafa",
    "h": "vdgjvfaesagkjiudaokqlabaiaa",
    "i": "mlpnnlnabacqowrmanqralajala",
    "j": "samivhagnanhdctkaipduacahac",
    "k": "phllxjmftacpgnljekskkfnagaa",
    "l": "sfinwgcduacrfgsjafnomfbapaa",
    "m": "umekwdbbrafkngrsaeokmaaaiaa",
    "n": "reqssmteoajjgkpiaertlkcaeaa",
    "o": "jkppejkaiajppvmpauoopkniaaa",
    "p": "tdjiuicjpaerffrpatmqmefamaa",
    "q": "gfihfdaddaalalhdlmngzbeaaaa",
    "r": "sfmmvhkcsaijmlsjapqpkifalaa",
    "s": "ndohuhhorailigopegrvqfgalaa",
    "t": "rgmjviaquabljhqkarpnmegbnca",
    "u": "npnjpkjaoaarqujqasqscaaaaac",
    "v": "vgkbyfdctaaehfngaiieafeaaaa",
    "w": "ufklricpuaaleqrhbrqjedihaba",
    "x": "mjrlrndiraalngksaimugggmnbi",
    "y": "jknlpmihoaanormvcmssejkciia",
    "z": "rdifziadtaahkfpiaghjeadaidb",
    "0": "qoprnoaffbaiggghadggeaaadap",
}
"""One row for each character that stands before; `^` is none."""
# fmt: on
