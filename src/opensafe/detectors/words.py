"""How much a string looks like a word, a run or a mask rather than something random. Cheap, and never proof."""

import re

# The pairs of letters that make up most of English text; of random letters fewer than half of the pairs are among them.
_PAIRS = (
    "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri "
    "ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut "
    "ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi "
    "ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke ui fr oo ag av if ap gr od bo sp rd do uc bu ei "
    "ov by rm ep tt oc fa ef cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ht ru ug ds lt "
    "pi rc rr eg au ck ew mu br bi pt ak pu rg ib tl ny ki rk ys ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr "
    "cc tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je nk kn gs dy "
    "hy ze ks xt bs ik dd"
)
_COMMON_PAIRS = frozenset(_PAIRS.split())
_LETTERS = re.compile(r"[a-z]{4,64}")  # shorter runs occur in anything
_LETTER_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "9876543210")
_RUN = 4  # characters of a keyboard or alphabet run
_FEW_DISTINCT = 3
_LONGEST = 64  # judged on this many characters: what is longer is no word
_LETTER_SHARE = 0.6
_WORD_SHARE = 0.72


def word_likeness(text: str) -> float:
    """The share of neighbouring letters that are common in English, 0 to 1; 0 where no four letters stand together."""
    runs = _LETTERS.findall(text[:_LONGEST].lower())
    pairs = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    return sum(pair in _COMMON_PAIRS for pair in pairs) / len(pairs) if pairs else 0.0


def looks_like_words(text: str) -> bool:
    """Mostly letters, and these as they follow each other in words."""
    letters = sum(character.isalpha() for character in text)
    return letters >= _LETTER_SHARE * len(text) and word_likeness(text) >= _WORD_SHARE


def holds_run(text: str) -> bool:
    """Holds 1234, abcd, qwer and the like, or is made of three different characters or fewer."""
    lowered = text.lower()
    if len(set(lowered)) <= _FEW_DISTINCT:
        return True
    return len(lowered) <= _LONGEST // 2 and any(
        run[at : at + _RUN] in lowered for run in _LETTER_RUNS for at in range(len(run) - _RUN + 1)
    )


def mixes_letters_and_digits(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
