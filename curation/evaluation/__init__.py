"""How good the proposals are: findings against what people coded.

Pure like the extractors. One module per task holds its matching rule and its readers
of held-out sets; docs/quality.md is generated from what they return.
"""
