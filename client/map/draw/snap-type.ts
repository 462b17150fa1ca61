import type { Position } from 'geojson';

/** The drawing library's question where a corner should fall; it does not export the name of this function type. */
export type SnapToCustom = (
  event: { readonly lng: number; readonly lat: number; readonly containerX: number; readonly containerY: number },
  context: { readonly project: (lng: number, lat: number) => { readonly x: number; readonly y: number } },
) => Position | undefined;
