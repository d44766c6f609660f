// Comunica over a graph of its own, of which a query asks the service for what it lacks.
import { QueryEngine } from "@comunica/query-sparql";

import { answer, rowOf } from "./told.mjs";

await answer(async ({ select, turtle, columns }) => {
  const source = { type: "serialized", value: turtle, mediaType: "text/turtle", baseIRI: "urn:x" };
  const rows = await (await new QueryEngine().queryBindings(select, { sources: [source] })).toArray();
  return { rows: rows.map((row) => rowOf((name) => row.get(name), columns)) };
});
