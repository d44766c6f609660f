// sparql-http-client asks by GET, by a form, or by the query as the body.
import StreamClient from "sparql-http-client";

import { all, answer, each, rowOf } from "./told.mjs";

await answer(async ({ endpoint, select, asks, construct, how }) => {
  const { query } = new StreamClient({ endpointUrl: endpoint });
  const rows = await all(query.select(select, { operation: how }));
  return {
    rows: rows.map((row) => rowOf((name) => row[name])),
    truths: await each(asks, (ask) => query.ask(ask, { operation: how })),
    triples: (await all(query.construct(construct, { operation: how }))).length,
  };
});
