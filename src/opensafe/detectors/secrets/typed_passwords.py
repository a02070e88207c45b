"""Passwords that tests of pages type into a field: `page.type("#password", "x")`, `….sendKeys("x")`."""

from opensafe.detectors.captures import QUOTED, Capture, captured
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Severity

_FIELD = rb"[\"'`][^\r\n]{0,80}(?i:passw(?:or)?d|passphrase|pwd)[^\r\n\"']{0,20}[\"'`\])]{1,5}"
_TYPING = rb"(?:sendKeys|send_keys|type|typeText|fill|setValue|set_value|setText|input_text|enterText|replaceText|set)"
_AFTER = expression(
    _FIELD
    + rb"\)?(?:\s{0,20}\.\s{0,3}(?:first|last|clear|click|focus)(?:\(\))?){0,2}\s{0,20}\.\s{0,3}"
    + _TYPING
    + rb"\(\s{0,3}"
    + QUOTED
)
_WITHIN = expression(
    rb"\b(?:type|typeText|fill|fillField|fill_in|setValue|enterText|input_text)[( ]\s{0,3}"
    + _FIELD
    + rb"\s{0,3},\s{0,20}(?:with:?\s{0,3}(?:=>)?\s{0,3})?"
    + QUOTED
)

_VALUE = ("kT7", "vq9-Lm2x")

DETECTOR = PatternDetector(
    Card(
        id="secrets.typed-passwords",
        title="Password that a test types into a page",
        category=Category.SECRET,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Tests of pages log in with accounts that exist somewhere. Sure where the field is that of a password; "
        "words and samples are kept at low.",
        remedy="Change the password, then redact it; let the test read it from the environment.",
        reference="Selenium, Playwright, Cypress, Puppeteer, Capybara: how they type; CWE-798",
        examples=(
            Example(('find(By.id("passw', 'ord")).sendKeys("', *_VALUE, '")'), _VALUE, "LoginTest.java"),
            Example(("await page.type('#passw", "ord', '", *_VALUE, "')"), _VALUE, "login.test.ts"),
            Example(("cy.get('input[name=passw", "ord]').type('", *_VALUE, "')"), _VALUE, "login.cy.js"),
            Example(("fill_in 'Passw", "ord', with: '", *_VALUE, "'"), _VALUE, "login_spec.rb"),
        ),
        non_examples=(
            Example(("await page.type('#password', process.env.PASSWORD)",), path="login.test.ts"),
            Example(("cy.get('#password').type('password')",), path="login.cy.js"),
            Example(("cy.get('#user').type('", *_VALUE, "')"), path="login.cy.js"),
            Example(("page.fill('#password', 'REDACTED-1')",), path="login.test.ts"),
        ),
    ),
    (
        (
            rb"(?i:(?:passw(?:or)?d|passphrase|pwd)[^\r\n\"']{0,20}[\"'`\])]{1,5}[^\r\n\"']{0,40}\.\s{0,3}"
            rb"(?:send_?keys|type|fill|set)[a-z_]{0,8}\(\s{0,3}[\"'])"
        ),
        (
            rb"(?i:(?:type|fill|set|enter|input)[a-z_]{0,8}[( ]\s{0,3}[\"'`][^\r\n]{0,80}"
            rb"(?:passw(?:or)?d|passphrase|pwd)[^\r\n\"']{0,20}[\"'`\])]{1,5}\s{0,3},)"
        ),
    ),
    captured(*(Capture("typed into a field for it", pattern) for pattern in (_AFTER, _WITHIN))),
)
