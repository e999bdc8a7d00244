"""Many articles: a folder of any size, read through a ledger, so that a run goes on where the last one stopped."""

from summarizer.batch.fingerprint import Fingerprint, Fingerprints
from summarizer.batch.run import Batch, Done, Job, Read, selected

__all__ = ["Batch", "Done", "Fingerprint", "Fingerprints", "Job", "Read", "selected"]
