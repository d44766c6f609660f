// How YASGUI is set up here: one endpoint, this one; nothing is asked of any other.
import { completeFrom } from "./completions.js";
import { explained } from "./problems.js";

const TABLE = "application/sparql-results+json,*/*;q=0.9";
const GRAPH = "text/turtle,*/*;q=0.9";

/** The requests of every tab, whatever a link or an earlier visit may say. */
function requests(endpoint) {
  return {
    endpoint,
    method: "POST",
    acceptHeaderSelect: TABLE,
    acceptHeaderGraph: GRAPH,
    namedGraphs: [],
    defaultGraphs: [],
    args: [],
    headers: {},
    withCredentials: false,
  };
}

/** Every prefix that the page or a named question declares. */
function allPrefixes(known, examples) {
  const found = {};
  for (const example of examples) {
    const text = example.querySelector("textarea").defaultValue;
    for (const [, prefix, iri] of text.matchAll(/^\s*PREFIX\s+([\w.-]*):\s*<([^>]*)>/gim)) {
      found[prefix] = iri;
    }
  }
  return { ...found, ...known.prefixes };
}

/** YASGUI in an element; `known` is what the page says. */
export function openEditor(parent, known, examples) {
  const { Yasgui } = window;
  const fixed = requests(known.endpoint);
  const prefixes = allPrefixes(known, examples);
  completeFrom(Yasgui.Yasqe, known.endpoint, prefixes);
  Yasgui.Yasqe.defaults.editorHeight = "24rem"; // a tab overrides what is given for itself
  Yasgui.Yasr.defaults.errorRenderers = [(error) => explained(error, known, () => yasgui)];
  const yasgui = new Yasgui(parent, {
    autofocus: false,
    persistenceId: "primum",
    copyEndpointOnNewTab: false,
    corsProxy: undefined,
    endpointCatalogueOptions: { getData: () => [] },
    populateFromUrl: (tab) => ({ ...tab, requestConfig: { ...tab.requestConfig, ...fixed } }),
    requestConfig: fixed,
    yasqe: {
      value: known.value,
      inputStyle: "contenteditable", // the one that screen readers can read
      prefixCcApi: null,
      createShortLink: undefined,
      screenReaderLabel: "SPARQL query. Control and Enter runs it, Control and Space completes.",
      extraKeys: { Tab: false, "Shift-Tab": false },
    },
    yasr: { prefixes, maxPersistentResponseSize: 0 }, // the browser keeps queries, no results
  });
  for (const tab of Object.values(yasgui._tabs)) tab.setRequestConfig(fixed);
  return yasgui;
}
