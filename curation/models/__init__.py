"""What a machine suggests and what people decide."""

from curation.models.digest import ArticleDigest
from curation.models.judgement import Judgement, Verdict
from curation.models.omission import Omission
from curation.models.proposal import Proposal, ProposalKind, Run, Sighting

__all__ = [
    "ArticleDigest",
    "Judgement",
    "Omission",
    "Proposal",
    "ProposalKind",
    "Run",
    "Sighting",
    "Verdict",
]
