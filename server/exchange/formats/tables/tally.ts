import type { ExportLayer, Feature } from '../export-layer.ts';

export interface TalliedMine {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly areasM2: Map<string, number>;
}

/** What the rows of a table add up to, kept while they are written: the values that its formulas will have. */
export class Tally {
  records = 0;
  totalM2 = 0;
  /** Corners of outlines, closing ones included. */
  positions = 0;
  readonly areasM2 = new Map<string, number>();
  readonly mines = new Map<string, TalliedMine>();
  private readonly layer: ExportLayer;

  constructor(layer: ExportLayer) {
    this.layer = layer;
  }

  add({ values, geometry }: Feature): void {
    this.records += 1;
    if (geometry?.type === 'MultiPolygon')
      for (const rings of geometry.coordinates) for (const ring of rings) this.positions += ring.length;
    const areaM2 = Number(values['areaM2'] ?? 0);
    this.totalM2 += areaM2;
    const code = String(this.layer.classes === null ? '' : (values[this.layer.classes.field] ?? ''));
    this.areasM2.set(code, (this.areasM2.get(code) ?? 0) + areaM2);
    const mineCode = String(values['mineCode'] ?? '');
    const mine = this.mines.get(mineCode) ?? {
      code: mineCode,
      zh: String(values['mineNameZh'] ?? ''),
      en: String(values['mineNameEn'] ?? ''),
      areasM2: new Map<string, number>(),
    };
    mine.areasM2.set(code, (mine.areasM2.get(code) ?? 0) + areaM2);
    this.mines.set(mineCode, mine);
  }
}
