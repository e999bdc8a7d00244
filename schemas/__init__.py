"""The contract: code lists, the county report, what a reader answers, and the outcome of one input."""
