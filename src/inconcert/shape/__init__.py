"""From the store to arrays with named axes: panels, sequences, portfolios, networks."""
