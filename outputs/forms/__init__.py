"""The official lists as DOCX and XLSX."""
