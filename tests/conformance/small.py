"""A suite of a few tests in the layout of w3c/rdf-tests, for testing what reads and runs it."""

from pathlib import Path

_PREFIXES = """
@prefix : <http://example.org/manifest#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
@prefix ht: <http://www.w3.org/2011/http#> .
@prefix hts: <http://www.w3.org/2011/http-statusCodes#> .
@prefix cnt: <http://www.w3.org/2011/content#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
_FILES = {
    "manifest-sparql11-query.ttl": "<> mf:include ( <some/manifest.ttl> ) .",
    "manifest-sparql11-results.ttl": "<> mf:include ( <form/manifest.ttl> ) .",
    "some/manifest.ttl": """
        <> mf:entries ( :right :wrong :named :made :fine :bad :lax :strict ) .
        :right a mf:QueryEvaluationTest ; mf:result <right.srx> ;
            mf:action [ qt:query <all.rq> ; qt:data <data.ttl> ] .
        :wrong a mf:QueryEvaluationTest ; mf:result <wrong.srx> ;
            mf:action [ qt:query <all.rq> ; qt:data <data.ttl> ] .
        :named a mf:QueryEvaluationTest ; mf:result <named.ttl> ;
            mf:action [ qt:query <named.rq> ; qt:data <data.ttl> ; qt:graphData <other.ttl> ] .
        :made a mf:QueryEvaluationTest ; mf:result <made.ttl> ;
            mf:action [ qt:query <made.rq> ; qt:data <data.ttl> ] .
        :fine a mf:PositiveSyntaxTest11 ; mf:action <all.rq> .
        :bad a mf:NegativeSyntaxTest11 ; mf:action <bad.rq> .
        :lax a mf:NegativeSyntaxTest11 ; mf:action <all.rq> .
        :strict a mf:PositiveSyntaxTest11 ; mf:action <bad.rq> .
    """,
    "some/all.rq": "SELECT ?o { <s> <p> ?o }",
    "some/named.rq": "SELECT ?g { GRAPH ?g { ?s ?p ?o } }",
    "some/made.rq": "CONSTRUCT { ?s <q> [] } { ?s <p> ?o }",
    "some/bad.rq": "SELECT",
    "some/data.ttl": "<s> <p> 2.50 . _:node <p> _:node .",
    "some/other.ttl": "_:node <p> 1 .",
    "some/made.ttl": "<s> <q> [] . _:b <q> [] .",
    "some/named.ttl": """@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
        [] a rs:ResultSet ; rs:resultVariable "g" ;
            rs:solution [ rs:binding [ rs:variable "g" ; rs:value <other.ttl> ] ] .""",
    "form/manifest.ttl": """
        <> mf:entries ( :plain :changed ) .
        :plain a mf:CSVResultFormatTest ; mf:result <plain.csv> ;
            mf:action [ qt:query <string.rq> ] .
        :changed a mf:QueryEvaluationTest ; mf:result <changed.tsv> ;
            mf:action [ qt:query <number.rq> ] .
    """,
    "form/string.rq": "SELECT ('a,b' AS ?x) {}",
    "form/number.rq": "SELECT (2.50 AS ?x) {}",
    "form/plain.csv": 'x\n"a,b"\n',
    "form/changed.tsv": "?x\n2.50\n",
    "protocol/manifest.ttl": """
        <> mf:entries ( :query_get :bad_query :update_post ) .
        :query_get ut:graphData [ ut:graph <data.nt> ; rdfs:label "urn:g" ] ; mf:action [
            ht:requests ( [ ht:absolutePath "/sparql/?query=ASK" ; ht:methodName "GET" ;
                ht:resp [ mf:expectedBoolean true ; mf:expectedFormat "boolean" ;
                    mf:expectedStatus hts:StatusCode2xx , hts:StatusCode3xx ] ] ) ] .
        :bad_query mf:action [
            ht:requests ( [ ht:absolutePath "/sparql/" ; ht:methodName "POST" ;
                ht:headers ( [ ht:fieldName "content-type" ; ht:fieldValue "text/plain" ] ) ;
                ht:body [ cnt:characterEncoding "UTF-16" ; cnt:chars "ASK {}" ] ;
                ht:resp [ mf:expectedStatus hts:StatusCode4xx ] ] ) ] .
    """,
    "protocol/data.nt": "<urn:s> <urn:p> <urn:o> .",
    "service-description/manifest.ttl": """
        <> mf:entries ( :has-endpoint-triple :returns-rdf :conforms-to-schema ) .
    """,
}
_RESULTS = """<sparql xmlns="http://www.w3.org/2005/sparql-results#">
<head><variable name="o"/></head><results><result><binding name="o">
<literal datatype="http://www.w3.org/2001/XMLSchema#decimal">{}</literal>
</binding></result></results></sparql>"""


def write_suite(checkout: Path) -> Path:
    """Write the suite to a folder that stands for the checkout."""
    results = {"some/right.srx": _RESULTS.format("2.5"), "some/wrong.srx": _RESULTS.format("2.6")}
    for name, text in (_FILES | results).items():
        path = checkout / "sparql/sparql11" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        prefixes = _PREFIXES if "manifest" in name else ""
        path.write_text(prefixes + text, encoding="utf-8")
    return checkout
