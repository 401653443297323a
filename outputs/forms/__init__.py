"""Papers as DOCX, XLSX and PDF; `outputs.forms.catalogue` lists and makes them."""
