"""`summarizer requests`: a model's questions as files for a batch endpoint, and its answers back from there."""
