"""Everything an inspector needs offline: a manifest, and the parts that it names."""
