"""The words of a report, explained for people who do not use git."""

TERMS = {
    "Attest": "To say, by name and role, that a row of the checklist is met, with the evidence for it.",
    "Audit": "opensafe's reading of the whole repository: every version of every file, message, name and setting.",
    "Blob": "The content of one version of one file.",
    "Closed, Open": "A Closed repository is for the team only. An Open one can be read by anybody.",
    "Commit": "One saved step in the history of the code, with an author, a date and a message.",
    "Confidence": "How sure a detector is that a finding is real. Severity is how bad it would be.",
    "Credential": "A password, key or token that opens a system.",
    "Detector": "A rule that looks for one kind of thing.",
    "Finding": "One value, such as a password or a name, that should perhaps not be published. "
    "It counts once, however often it stands in the history.",
    "History": "All versions of all files since the repository began. Deleting a file today leaves it in the history.",
    "Log head hash": "A number computed from every line of the log. If a line were changed later, it would differ.",
    "Masked": "Shown as its kind and approximate length only. No character of a value is in this report.",
    "Object": "A piece of the repository: a blob, a folder listing (tree), a commit or a tag.",
    "Profile": "The policy whose rows the readiness checklist asks, as data.",
    "Published, unpublished": "Published: will be readable once the repository is Open. "
    "Unpublished: stays on the team's machines, such as set-aside work.",
    "Redact": "To replace a value by a neutral text in every version.",
    "Ref": "A name in the repository that points at a commit: a branch or a tag.",
    "Rotate, revoke": "To replace a credential by a new one, or to withdraw it, so that the old one opens nothing.",
    "Skip": "Something that could not be read. It is listed with the reason, and is never counted as read.",
    "Unreachable": "An old version that no branch or tag holds any more. It is on the team's machines only.",
    "Verification": "The proof, by a separate part of opensafe, that the new history is what was decided.",
}
