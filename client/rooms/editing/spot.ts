import type { Position } from '../../../gis/types.ts';
import { showBox } from '../../state/view.ts';

const AROUND_DEG = 0.0015;

/** Brings a fault on the map before the eyes. `[lng, lat]`. */
export function showSpot([lng, lat]: Position): void {
  showBox([lng - AROUND_DEG, lat - AROUND_DEG, lng + AROUND_DEG, lat + AROUND_DEG], 18);
}
