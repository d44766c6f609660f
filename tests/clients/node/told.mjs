// What each script reads and writes: questions as JSON on its input, what was found on its output.
import { text } from "node:stream/consumers";

const COLUMNS = ["treatment", "label", "rules", "note"];

/** A row as plain values: whole numbers as numbers, all else as text. */
export function rowOf(term, columns = COLUMNS) {
  return columns.map((name) => {
    const { value, datatype } = term(name);
    return datatype?.value.endsWith("#integer") ? Number(value) : value;
  });
}

/** All that a stream gives. */
export async function all(stream) {
  const found = [];
  for await (const item of stream) found.push(item);
  return found;
}

/** What several questions are answered, asked one after the other. */
export async function each(questions, ask) {
  const found = [];
  for (const question of questions) found.push(await ask(question));
  return found;
}

/** Answer what is asked on the input; an error is told in place of an answer. */
export async function answer(find) {
  const asked = JSON.parse(await text(process.stdin));
  const found = await find(asked).catch((error) => ({ error: String(error.message ?? error) }));
  process.stdout.write(JSON.stringify(found));
}
