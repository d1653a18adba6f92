"""What the leaders' page asks for: /api/v1/overview/…"""
