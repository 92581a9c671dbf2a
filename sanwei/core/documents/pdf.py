def to_pdf(paper):
    raise RuntimeError("not yet written")
