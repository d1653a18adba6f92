"""The page of GB/T 9704-2012, in millimetres and points."""

MM = 72 / 25.4  # points in a millimetre

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37.0, 35.0, 28.0, 26.0
BODY_WIDTH_MM = WIDTH_MM - LEFT_MM - RIGHT_MM
BODY_HEIGHT_MM = HEIGHT_MM - TOP_MM - BOTTOM_MM
LINES, CHARACTERS = 22, 28

# 2号, 3号, 4号, 5号.
TITLE_PT, BODY_PT, SMALL_PT, TABLE_PT = 22.0, 16.0, 14.0, 10.5
# Twentieths of a point are the finest that a .docx can say of a line, and of the space between
# characters: twenty-two lines and twenty-eight characters must fit as they are written there.
LINE_PT = int(BODY_HEIGHT_MM * MM / LINES * 20) / 20
TRACKING_PT = int((BODY_WIDTH_MM * MM / CHARACTERS - BODY_PT) * 20 - 1) / 20
TABLE_LINE_PT = LINE_PT / 2

MAST_TOP_MM = 35.0
RULE_BELOW_NUMBER_MM = 4.0
PAGE_NUMBER_BELOW_MM = 7.0
EDGE_RULE_MM, INNER_RULE_MM = 0.35, 0.25
PICTURE_WIDTH_MM, PICTURE_HEIGHT_MM = 120.0, 90.0
FORM_NAME_MM = 36.0
# A last paragraph of so many characters goes over to the next page with its signature; a longer one
# is broken, and some of it is there anyway.
SIGNED_WITH = 140
# A cell of more characters than this may fill a page: its row is split between two.
ROW_SPLITS = 150
RED = "e60012"
