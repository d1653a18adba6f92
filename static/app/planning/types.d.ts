/** What the planners' rules are told and tell: as the API's rules/, around/ and check/ have it. */

export type Force = "hard" | "gate" | "should" | "note" | "score";
export type Outcome = "ok" | "breach" | "cant_tell" | "not_applicable";
export type Words = readonly [zh: string, en: string];

export type Rule = {
  code: string;
  measure: string;
  compare: "at_least" | "at_most" | "is" | "none";
  limit: number | null;
  unit: string;
  force: Force;
  steps: readonly { below?: number; above?: number; force: Force }[];
  values: readonly string[];
  above_bays: number | null;
  source_zh: string;
  source_en: string;
  source_on: string | null;
  sure: "V" | "S" | "M" | "P";
  zh: string;
  en: string;
  on?: boolean;
};

/** An attribute that is null or left out was not told. */
export type Site = {
  geom: GeoJSON.Polygon;
  estate?: number | null;
  site?: number | null;
  ports?: number | null;
  bays?: number | null;
  canopy?: string | null;
  partitions?: boolean | null;
  cctv?: boolean | null;
  level?: string | null;
  place?: string | null;
  bay_length_m?: number | null;
  bay_width_m?: number | null;
  group_bays?: number | null;
  group_length_m?: number | null;
  entrances?: number | null;
  commercial?: boolean | null;
  voted?: boolean | null;
};

export type Properties = {
  estate?: number | null;
  width_m?: number | null;
  ebikes?: number | null;
  charging?: { id: number; ports: number | null; bays: number | null }[];
};

export type Row = { id: number; geometry: GeoJSON.Geometry | null; properties: Properties };

/** A layer that is null is not told to whoever asked. */
export type Around = {
  layers: Record<string, { features: Row[] } | null>;
  surveyed: Record<string, string[]>;
};

export type Verdict = {
  code: string;
  measure: string;
  force: Force;
  verdict: Outcome;
  value: number | null;
  limit: number | null;
  unit: string;
  zh: string;
  en: string;
  why_zh: string | null;
  why_en: string | null;
  source_zh: string;
  source_en: string;
  source_on: string | null;
  sure: "V" | "S" | "M" | "P";
  decides: GeoJSON.Geometry | null;
};

/** The parts of JSTS that are used, which has no types of its own for what it is built into. */
export type Coordinate = { x: number; y: number };
export type Envelope = {
  getMinX(): number;
  getMinY(): number;
  getMaxX(): number;
  getMaxY(): number;
};
export type Shape = {
  isEmpty(): boolean;
  getArea(): number;
  getLength(): number;
  getCoordinates(): Coordinate[];
  getNumGeometries(): number;
  getGeometryN(n: number): Shape;
  getEnvelopeInternal(): Envelope;
  getExteriorRing(): Shape;
  getNumInteriorRing(): number;
  getInteriorRingN(n: number): Shape;
};
export type Jsts = {
  geom: {
    GeometryFactory: new () => unknown;
  };
  io: {
    GeoJSONReader: new (factory: unknown) => { read(shape: GeoJSON.Geometry): Shape };
    GeoJSONWriter: new () => { write(shape: Shape): GeoJSON.Geometry };
  };
  operation: {
    buffer: {
      BufferOp: { bufferOp(shape: Shape, metres: number, how?: unknown): Shape };
      BufferParameters: (new (
        quarter: number,
        cap: number,
      ) => unknown) & { CAP_FLAT: number; CAP_ROUND: number };
    };
    distance: {
      DistanceOp: {
        distance(one: Shape, other: Shape): number;
        nearestPoints(one: Shape, other: Shape): [Coordinate, Coordinate];
      };
    };
    overlay: {
      OverlayOp: {
        intersection(one: Shape, other: Shape): Shape;
        difference(one: Shape, other: Shape): Shape;
      };
    };
    valid: { IsValidOp: { isValid(shape: Shape): boolean } };
  };
};
