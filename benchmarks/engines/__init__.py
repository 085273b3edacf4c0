"""Ways to set the same text: each module has ``set_document(document, out)``; a document is plain JSON (``texts``)."""
