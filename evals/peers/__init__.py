"""Other ways to have the same model read the same texts, and their answers: asked once, kept, scored offline."""
