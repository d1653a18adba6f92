"""The programme that everyone knows."""

NOTICE = "晋政青〔2024〕68号"
