"""The curation format (docs/curation-format.md): reading it and checking it.

Pure: files and facts in, problems out. No module here touches the database; what
the database knows arrives as `known.Known`.
"""
