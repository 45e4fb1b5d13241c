"""What a machine suggests and what people decide."""

from curation.models.digest import ArticleDigest
from curation.models.judgement import Judgement, Verdict
from curation.models.merge import Merge, MergeMove
from curation.models.omission import Omission
from curation.models.proposal import Proposal, ProposalKind, Run, Sighting
from curation.models.work import Batch, Lease, Step, Visit

__all__ = [
    "ArticleDigest",
    "Batch",
    "Judgement",
    "Lease",
    "Merge",
    "MergeMove",
    "Omission",
    "Proposal",
    "ProposalKind",
    "Run",
    "Sighting",
    "Step",
    "Verdict",
    "Visit",
]
