import type { Map as GlMap, MapMouseEvent } from 'maplibre-gl';
import type { Geometry } from 'geojson';
import type { Position } from '../../../gis/types.ts';
import { shapeFault } from '../../state/editing/store.ts';
import { pick, pickAt } from '../../state/editing/tools/pickable.ts';
import { NO_FEATURES, setData } from '../sources.ts';

/** Land is taken up by one click; what a click would take is outlined. */
export function pickHand(map: GlMap): () => void {
  const positionOf = ({ lngLat }: MapMouseEvent): Position => [lngLat.lng, lngLat.lat];
  const move = (event: MapMouseEvent): void => {
    const found = pickAt(positionOf(event));
    map.getCanvas().style.cursor = found === undefined ? '' : 'pointer';
    setData(
      map,
      'stroke',
      found === undefined
        ? NO_FEATURES
        : {
            type: 'FeatureCollection',
            features: [{ type: 'Feature', properties: {}, geometry: found.geometry as unknown as Geometry }],
          },
    );
  };
  const click = (event: MapMouseEvent): void => {
    const found = pickAt(positionOf(event));
    if (found === undefined) shapeFault.value = 'no-cells';
    else pick(found);
  };
  map.on('mousemove', move);
  map.on('click', click);
  return () => {
    map.off('mousemove', move);
    map.off('click', click);
    map.getCanvas().style.cursor = '';
    setData(map, 'stroke', NO_FEATURES);
  };
}
