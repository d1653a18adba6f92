/** The map's colours. They stand in style.css with all others; here they only get names. */

const TOKENS = /** @type {const} */ ({
  ground: "--map-ground",
  community: "--map-community",
  communityLine: "--map-community-line",
  road: "--map-road",
  roadMajor: "--map-road-major",
  roadLine: "--map-road-line",
  estate: "--map-estate",
  estateLine: "--map-estate-line",
  target: "--map-estate-target",
  building: "--map-building",
  buildingLine: "--map-building-line",
  lane: "--map-lane",
  light: "--map-light",
  charging: "--map-charging",
  hydrant: "--map-hydrant",
  operation: "--map-operation",
  vacant: "--map-vacant",
  ink: "--map-ink",
  inkSoft: "--map-ink-soft",
  halo: "--map-halo",
  picked: "--map-picked",
  me: "--map-me",
  surface: "--surface",
  danger: "--danger",
  serious: "--serious",
  ordinary: "--ordinary",
  good: "--good",
  onOrdinary: "--on-ordinary",
  none: "--heat-none",
  heat1: "--heat-1",
  heat2: "--heat-2",
  heat3: "--heat-3",
  heat4: "--heat-4",
  heat5: "--heat-5",
  heat6: "--heat-6",
});

/** @typedef {Record<keyof typeof TOKENS, string>} Palette */

/**
 * @param {(token: string) => string} read a token's value now, as getComputedStyle has it
 * @returns {Palette}
 */
export function paletteOf(read) {
  return /** @type {Palette} */ (
    Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, read(token).trim()]))
  );
}

/** @param {Palette} palette the six steps of heat, from little to much */
export const heat = (palette) => [
  palette.heat1,
  palette.heat2,
  palette.heat3,
  palette.heat4,
  palette.heat5,
  palette.heat6,
];

/** @param {Palette} palette @param {number} severity */
export const severityColour = (palette, severity) =>
  [palette.danger, palette.serious, palette.ordinary][severity - 1] ?? palette.inkSoft;
