"""The letters of the office: canonical data becomes a page, the page a PDF in a limited child process."""
