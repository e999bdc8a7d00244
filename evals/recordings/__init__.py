"""Real answers of named models to a fixed set of short samples: recorded once, replayed without a network."""
