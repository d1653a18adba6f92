"""The addresses of papers: drafts, issuing, their files, voiding, delivery."""
