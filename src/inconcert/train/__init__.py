"""Make the coder's model from the corpus: fit, export, calibrate. Needs the `train` extra."""
