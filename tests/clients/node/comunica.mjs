// Comunica asks in both of its ways: told that the source is an endpoint, and left to find out.
import { QueryEngine } from "@comunica/query-sparql";

import { answer, each, rowOf } from "./told.mjs";

const engine = new QueryEngine();

await answer(async ({ endpoint, select, asks, construct, how }) => {
  const context = { sources: how === "told" ? [{ type: "sparql", value: endpoint }] : [endpoint] };
  const rows = await (await engine.queryBindings(select, context)).toArray();
  const quads = await (await engine.queryQuads(construct, context)).toArray();
  return {
    rows: rows.map((row) => rowOf((name) => row.get(name))),
    truths: await each(asks, (ask) => engine.queryBoolean(ask, context)),
    triples: quads.length,
  };
});
