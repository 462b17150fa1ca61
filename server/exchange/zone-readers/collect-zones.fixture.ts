import { readZones } from './read-zones.ts';
import type { ZoneRecord } from './zone-file.ts';

/** A whole file of zones at once, each with positions of its own. */
export async function collectZones(path: string): Promise<{ readonly crs: string; readonly records: ZoneRecord[] }> {
  let crs = '';
  let records: ZoneRecord[] = [];
  await readZones(path, {
    begin(named) {
      crs = named;
      records = [];
    },
    visit(record) {
      const { geometry } = record;
      const isPacked = geometry !== undefined && 'kind' in geometry;
      records.push(isPacked ? { ...record, geometry: { ...geometry, positions: geometry.positions.slice() } } : record);
    },
  });
  return { crs, records };
}
