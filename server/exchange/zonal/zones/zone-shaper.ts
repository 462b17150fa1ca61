import type { RasterGrid } from '../../../../gis/raster/raster-file.ts';
import { shapeZone, turnOf } from '../../../../gis/zonal/zone-shape.ts';
import type { PositionMap } from '../../../../gis/zonal/zone-shape.ts';
import type { FeatureTable } from '../../../../gis/wasm/feature-table.ts';
import type { ZoneRecord } from '../../zone-readers/zone-file.ts';
import { ShapeStore } from './shape-store.ts';

/** A record without geometry stays in the list, so that it has its row. */
const NOTHING = { type: 'MultiPolygon', coordinates: [] } as const;

/** Takes records one by one and keeps each as its name and its shape on a grid. */
export class ZoneShaper {
  readonly ids: (string | number)[] = [];
  readonly shapes = new ShapeStore();
  /** Whether some record had the field that zones are named by. */
  hasField = false;
  private readonly field: string | undefined;
  private readonly grid: RasterGrid;
  private readonly map: PositionMap;

  /** Zones are named by `field`; by the file's own number or id of the record where there is none. */
  constructor(field: string | undefined, grid: RasterGrid, map: PositionMap) {
    this.field = field;
    this.grid = grid;
    this.map = map;
  }

  take(record: ZoneRecord): void {
    const { grid, map, shapes } = this;
    this.name(record);
    shapes.add(shapeZone(record.geometry ?? NOTHING, grid, map, shapes.roomFor));
  }

  /** Brings features to the grid without a projection; false where there has to be one. */
  place(features: FeatureTable): boolean {
    if (this.map !== undefined) return false;
    const { grid } = this;
    const turn = turnOf(grid);
    // A grid wider than that has every place twice: nothing is looked for a turn away.
    features.place(grid, grid.width > turn + 1 ? Infinity : turn);
    return true;
  }

  takePlaced(features: FeatureTable, records: readonly ZoneRecord[], from: number, to: number): void {
    for (let i = from; i < to; i += 1) this.name(records[i] as ZoneRecord);
    this.shapes.addPlaced(features, from, to);
  }

  private name(record: ZoneRecord): void {
    const { field } = this;
    if (field !== undefined && field in record.properties) this.hasField = true;
    this.ids.push(nameOf(record, field));
  }
}

function nameOf(record: ZoneRecord, field: string | undefined): string | number {
  const own = field === undefined ? record.id : record.properties[field];
  if (typeof own === 'number') return own;
  const isPlain = typeof own === 'string' || typeof own === 'boolean';
  return isPlain ? String(own) : (JSON.stringify(own ?? undefined) ?? '');
}
