"""Files that were damaged or made up: refused in words or taken whole, never a crash and never half."""
