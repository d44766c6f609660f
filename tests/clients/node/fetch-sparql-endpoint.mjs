// fetch-sparql-endpoint asks by GET or by POST, and reads what comes as it comes.
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";

import { all, answer, each, rowOf } from "./told.mjs";

await answer(async ({ endpoint, select, asks, construct, how }) => {
  const fetcher = new SparqlEndpointFetcher({ method: how });
  const rows = await all(await fetcher.fetchBindings(endpoint, select));
  return {
    rows: rows.map((row) => rowOf((name) => row[name])),
    truths: await each(asks, (ask) => fetcher.fetchAsk(endpoint, ask)),
    triples: (await all(await fetcher.fetchTriples(endpoint, construct))).length,
  };
});
