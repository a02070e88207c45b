"""Domains of e-mail addresses: those of the NHS and of government."""

from opensafe.model.expressions import expression

_PUBLIC_SERVICE = expression(
    rb"(?i)(?:^|[.@])(?:nhs\.(?:net|uk|scot|wales)|hscni\.net|gov\.(?:uk|scot|wales)|mod\.uk|police\.uk"
    rb"|parliament\.uk|nice\.org\.uk)$"
)


def is_of_public_service(address: bytes) -> bool:
    """Whether an address, or a domain by itself, is of the NHS or of government."""
    return _PUBLIC_SERVICE.search(address) is not None
