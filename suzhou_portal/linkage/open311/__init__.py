"""Open311 GeoReport v2: requests as other systems read and enter them, such as a city's hotline."""
