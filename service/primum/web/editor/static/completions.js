// What the editor completes: variables, prefixes that are known here, and terms of this dataset.

const PROPERTIES = `SELECT DISTINCT ?term
WHERE { { ?any ?term ?other } UNION { GRAPH ?graph { ?any ?term ?other } } }`;
const TERMS = `SELECT DISTINCT ?term
WHERE { { ?term a ?any } UNION { GRAPH ?graph { ?term a ?any } } FILTER (isIRI(?term)) }
LIMIT 20000`;
const SHOWN = 100;

/** Asks once, when first needed; what failed may be asked again. */
function asked(endpoint, query) {
  let answer;
  return () => {
    answer ??= fetch(`${endpoint}?${new URLSearchParams({ query })}`, {
      headers: { Accept: "application/sparql-results+json" },
    })
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then((found) => found.results.bindings.map((row) => row.term.value).sort())
      .catch(() => {
        answer = undefined;
        return [];
      });
    return answer;
  };
}

/** The terms that fit what was typed: those that begin with it first, then those that hold it. */
function fitting(terms, token) {
  const base = token.tokenPrefixUri ?? "";
  const typed = token.autocompletionString.slice(base.length).toLowerCase();
  const begin = [];
  const hold = [];
  for (const term of terms) {
    if (!term.startsWith(base)) continue;
    const place = term.slice(base.length).toLowerCase().indexOf(typed);
    if (place === 0) begin.push(term);
    else if (place > 0) hold.push(term);
  }
  return [...begin, ...hold].slice(0, SHOWN);
}

/** Whether a property stands where the cursor is. */
function atProperty(yasqe, token) {
  return token.state.possibleCurrent.includes("a");
}

/** Whether a name is being typed: of no variable, no string, no number, no prefix. */
function naming(yasqe, token) {
  const { line } = yasqe.getDoc().getCursor();
  const before = yasqe.getPreviousNonWsToken(line, token);
  return /^[<\w:]/.test(token.string) && !/^\d/.test(token.string) && !/^(PREFIX|BASE)$/i.test(before.string);
}

/** Replaces the completers of YASGUI, two of which ask other sites, by those of this page. */
export function completeFrom(Yasqe, endpoint, prefixes) {
  const declarations = Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort();
  const properties = asked(endpoint, PROPERTIES);
  const terms = asked(endpoint, TERMS);
  const completer = (name, get, valid) =>
    Yasqe.forkAutocompleter(
      "property",
      {
        name,
        isValidCompletionPosition: (yasqe) => {
          const token = yasqe.getCompleteToken();
          return naming(yasqe, token) && valid(atProperty(yasqe, token));
        },
        get: async (yasqe, token) => (token ? fitting(await get(), token) : []),
      },
      false,
    );
  completer("properties-here", properties, (property) => property);
  completer("terms-here", terms, (property) => !property);
  Yasqe.forkAutocompleter(
    "prefixes",
    { name: "prefixes-here", get: () => declarations, persistenceId: null },
    false,
  );
  const chosen = ["variables", "prefixes-here", "properties-here", "terms-here"];
  Yasqe.defaults.autocompleters.splice(0, Infinity, ...chosen);
}
