"""Pictures: comparison, map, trends, one country, validity. All read stored figures; none derives."""
