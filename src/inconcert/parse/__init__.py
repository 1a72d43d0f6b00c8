"""Document → paragraphs, sentences, tokens, quotes; every offset is the document's own."""
