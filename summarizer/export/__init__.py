"""`summarizer export`: what a run's ledger holds, in the formats that other tools open. One file for each format."""
