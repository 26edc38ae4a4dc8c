"""E-mail as it is: read, judged, cleaned, threaded, and the lines to mail servers."""
