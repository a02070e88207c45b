"""Credentials that code compares with: `"x" == password`, `"x".equals(token)`, `expect(user.password).toBe("x")`."""

import re

from opensafe.detectors.captures import QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_TELLING = (
    rb"(?:password|passwd|pwd|passphrase|passcode|api_?key|auth_?token|access_?token|private_?key|secret(?:_?key)?)"
)
_COMPARED = rb"(?:\)?\s{0,3}[!=]={1,2}|\.equals(?:IgnoreCase)?\()\s{0,3}"
_ENDS = rb"(?=[ \t]{0,3}(?:[){};&|?:]|and\b|or\b|\r?$))"
_REVERSED = expression(
    QUOTED + _COMPARED + rb"(?i:[\w$]{1,40}(?:\.|->|::)){0,3}\$?(?i:[A-Za-z_]{0,40}" + _TELLING + rb")" + _ENDS,
    re.MULTILINE,
)
_C_STRINGS = expression(
    rb"\b(?:str(?:n|case|ncase)?cmp|stricmp|memcmp|hash_equals|strcasecmp)\(\s{0,3}(?:[\w$]{1,40}(?:\.|->|::)){0,3}\$?"
    rb"(?i:[A-Za-z_]{0,40}" + _TELLING + rb")\s{0,3},\s{0,3}" + QUOTED
)

_ASSERTED = expression(
    rb"(?i:"
    + _TELLING
    + rb")(?:\(\))?[\"']?\]?\){1,2}\s{0,20}\.\s{0,3}(?:not\.)?(?:isEqualTo|toBe|toEqual|toStrictEqual"
    rb"|to\.(?:equal|eql|be)|should\.equal|eq|equals|shouldBe)\(\s{0,3}" + QUOTED
)
_ASSERTED_FIRST = expression(
    rb"(?i:assert_?(?:equals?|same)|assert\.(?:equal|strictEqual|same))\(\s{0,20}[bru]{0,2}"
    + QUOTED
    + rb"\s{0,3},\s{0,20}"
    rb"(?i:[\w$.>-]{0,60}" + _TELLING + rb")(?:\(\))?\s{0,3}[,)]"
)

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.compared-literals",
        title="Password or key that code compares with",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="What a password is compared with is the password. The literal stands first, so that rules for "
        "`name = value` do not see it. Sure where the name ends in the telling word.",
        remedy="Change the password, then redact it; compare with a hash that is kept outside the code.",
        reference="CWE-259, CWE-798; facts: secrets 2.3, comparisons",
        examples=(
            Example(('if ("', *_VALUE, '" == passw', "ord) {"), _VALUE, "login.js"),
            Example(("if(!strcmp(passw", 'ord, "', *_VALUE, '")){'), _VALUE, "plugin.c"),
            Example(("expect(user.passw", 'ord).toBe("', *_VALUE, '")'), _VALUE, "login.test.ts"),
            Example(('assertEquals("', *_VALUE, '", user.getPassw', "ord());"), _VALUE, "LoginTest.java"),
            Example(('if ("', *_VALUE, '".equals(user.passw', "ord)) {"), _VALUE, "Login.java"),
        ),
        non_examples=(
            Example(('if ("admin" == password) {',), path="login.js"),
            Example(('if(!strcmp(argv[i], "--', *_VALUE, '")){'), path="plugin.c"),
            Example(('if ("password".equals(name)) {',), path="Login.java"),
            Example(('if ("', *_VALUE, '" == password_field) {'), path="login.js"),
            Example(('if ("REDACTED-1" == password) {',), path="login.js"),
        ),
    ),
    (
        rb"(?i:[\"'](?:\)?\s{0,3}[!=]={1,2}|\.equals(?:ignorecase)?\()\s{0,3}[$a-z0-9_.:>-]{0,80}" + _TELLING + rb")",
        rb"(?i:"
        + _TELLING
        + rb"(?:\(\))?[\"']?\]?\){1,2}\s{0,20}\.\s{0,3}(?:not\.|to\.|should)?[a-z]{2,13}\(\s{0,3}[\"'])",
        rb"(?i:(?:cmp|hash_equals)\(\s{0,3}[a-z0-9_.$:>-]{0,80}" + _TELLING + rb"\s{0,3},\s{0,3}[\"'])",
        rb"(?i:(?:equals?|same)\(\s{0,20}[bru]{0,2}[\"'][^\r\n]{1,200}" + _TELLING + rb"(?:\(\))?\s{0,3}[,)])",
    ),
    captured(
        *(
            Capture("compared with a telling name", pattern)
            for pattern in (_REVERSED, _C_STRINGS, _ASSERTED, _ASSERTED_FIRST)
        )
    ),
)
