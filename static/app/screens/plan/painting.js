/**
 * What the map shows of the sites of a plan: each with its worst verdict, and of the chosen one what
 * decides.
 *
 * @import { Edited, LonLat } from "../../drawing/types.d.ts"
 * @import { Canvas } from "./canvas.js"
 * @import { Known } from "./known.js"
 */

import { deciding, worstOf } from "../../drawing/verdicts.js";
import { t } from "../../words.js";

/**
 * @param {Canvas} canvas
 * @param {{ rows: Edited[], picked: string, looked: string | null, meets: LonLat[], known: Known }} told
 *   `looked`: the rule whose geometry alone is shown; `meets`: what a site in the hand is drawn to
 */
export function paintSites(canvas, { rows, picked, looked, meets, known }) {
  canvas.show(
    rows.flatMap((row) => {
      const fields = known.fieldsOf(row.id);
      if (!fields?.geom) return [];
      const verdicts = known.knownOf(row.id);
      const look = verdicts ? worstOf(verdicts) : "none";
      const word = verdicts ? t(`verdict.${look}`) : "";
      const said = [fields.name || t("site.unnamed"), word].filter(Boolean).join(" · ");
      return [{ id: row.id, geom: fields.geom, look, said, chosen: row.id === picked }];
    }),
    meets,
  );
  const verdicts = picked ? (known.knownOf(picked) ?? []) : [];
  const told = looked ? verdicts.filter(({ code }) => code === looked) : verdicts;
  canvas.showDeciding(deciding(told.filter(({ verdict }) => looked || verdict !== "ok")));
}
