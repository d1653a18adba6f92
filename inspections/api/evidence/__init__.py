"""The evidence of a case: pairs, masked copies, the sealed file, holds."""
