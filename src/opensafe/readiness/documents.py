"""The release documents as `scaffold` needs them: what to ask, what to add, what to tell people."""

from opensafe.readiness.advice import advice
from opensafe.readiness.answers import Answers
from opensafe.readiness.newfile import NewFile
from opensafe.readiness.scaffolding import missing_documents

__all__ = ["Answers", "NewFile", "advice", "missing_documents"]
