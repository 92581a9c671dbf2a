def to_docx(paper):
    raise RuntimeError("not yet written")
