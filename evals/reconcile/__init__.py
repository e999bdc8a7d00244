"""A folder of generated articles with planted reposts, updates and contradictions, and how many are found again."""
