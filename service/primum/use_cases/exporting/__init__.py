"""Exporting: the knowledge in the forms that other programs read.

`export(place, form, path)` writes one form; `FORMS` lists them. The RDF forms and JSON-LD hold
what the files state, as one ontology; an OBO graph what of it an OBO graph can hold; KGX what the
rules and links come to in the words of Biolink.
"""

from primum.use_cases.exporting.forms import FORMS, Form, export

__all__ = ["FORMS", "Form", "export"]
