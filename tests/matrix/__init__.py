"""Every address by everybody, and every change of state by everybody: tables, and what walks them."""
