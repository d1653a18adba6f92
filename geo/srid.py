"""The only EPSG numbers of the house."""

WGS84 = 4326  # what is stored
WEB_MERCATOR = 3857  # what tiles are drawn in
CGCS2000 = 4490
METRIC = 4549  # CGCS2000 / 3-degree Gauss-Kruger CM 120E: metres, used for measuring
METRIC_MERIDIAN = 120.0

# West, south, east, north of the country in degrees: the box of the GCJ-02 formula.
CHINA = (72.004, 0.8293, 137.8347, 55.8271)
