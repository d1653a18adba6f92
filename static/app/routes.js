/**
 * Where in the page somebody is, as the part of the address after #.
 *
 * @typedef {{ at: "find" }
 *   | { at: "estate", estate: number }
 *   | { at: "asset" | "checklist" | "review", estate: number, kind: string }
 *   | { at: "camera" | "photos", estate: number, kind: string, item: string }
 *   | { at: "place" | "scan", estate: number, kind: string }
 *   | { at: "sent", id: string }
 *   | { at: "mine" }
 *   | { at: "datum" }
 *   | { at: "tablet" }
 *   | { at: "record", id: string }} Route
 */

/** @param {string} hash @returns {Route} what can't be read leads to the beginning */
export function parse(hash) {
  const [first = "", second = "", kind = "", last = "", item = ""] = hash.replace(/^#\/?/, "").split("/");
  if (first === "mine" || first === "tablet" || first === "datum") return { at: first };
  if ((first === "sent" || first === "record") && second) return { at: first, id: second };
  const estate = Number(second);
  if (first !== "estate" || !Number.isInteger(estate) || estate < 1) return { at: "find" };
  if (!kind) return { at: "estate", estate };
  if (last === "asset" || last === "review" || last === "place" || last === "scan")
    return { at: last, estate, kind };
  if (last === "camera" || last === "photos") return { at: last, estate, kind, item };
  return { at: "checklist", estate, kind };
}

/** @param {Route} route */
export function format(route) {
  switch (route.at) {
    case "find":
      return "#/";
    case "mine":
      return "#/mine";
    case "tablet":
    case "datum":
      return `#/${route.at}`;
    case "sent":
    case "record":
      return `#/${route.at}/${route.id}`;
    case "estate":
      return `#/estate/${route.estate}`;
    case "checklist":
      return `#/estate/${route.estate}/${route.kind}`;
    case "camera":
    case "photos":
      return `#/estate/${route.estate}/${route.kind}/${route.at}${route.item && `/${route.item}`}`;
    default:
      return `#/estate/${route.estate}/${route.kind}/${route.at}`;
  }
}
