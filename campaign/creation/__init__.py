"""Safety-standardisation 创建 of estates: scores, vetoes, stages and forecasts in plain Python."""
