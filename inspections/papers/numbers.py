"""How a paper's number is said."""


def number_said(code: str, year: int, number: int) -> str:
    """青街改〔2024〕3号"""
    return f"{code}〔{year}〕{number}号"
