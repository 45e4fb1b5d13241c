"""Reading articles by machine. Pure: a document and a context in, findings out.

Nothing here knows Django, the database or the web. A finding says which words it rests
on (`document.text[start:end]`, in code points), which rule found it and why, and how
often that rule was right where it was measured. People decide; see curation.proposing.
"""
