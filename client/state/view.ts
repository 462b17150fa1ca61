import { signal } from '@preact/signals';
import type { Box, IsoDate } from '../../gis/types.ts';

export type ViewMode = 'map' | 'list';
/** How much of a phone's screen the sheet takes. */
export type SheetSize = 'peek' | 'half' | 'full';

export const LAYERS = ['boundaries', 'land', 'facilities', 'habitats', 'occurrences', 'findings'] as const;
export type LayerId = (typeof LAYERS)[number];

export interface Camera {
  readonly lng: number;
  readonly lat: number;
  readonly zoom: number;
}

export interface ShownScene {
  readonly id: number;
  readonly index: string;
}

/** A wish to the map, fulfilled once: show this box. `nonce` tells two equal wishes apart. */
export interface CameraWish {
  readonly box: Box;
  readonly nonce: number;
  readonly maxZoom?: number | undefined;
}

export const CHINA: Box = [73.5, 17.5, 135, 54];

export const viewMode = signal<ViewMode>('map');
export const sheet = signal<SheetSize>('half');
export const layers = signal<ReadonlySet<LayerId>>(new Set(LAYERS));
export const scene = signal<ShownScene | null>(null);
export const sceneOpacity = signal(0.9);
export const landOpacity = signal(0.78);
/** Where the map is; null until it has been moved, so that a fresh link stays short. */
export const camera = signal<Camera | null>(null);
export const cameraWish = signal<CameraWish | null>(null);
/** Why there is no map at all. */
export const mapProblem = signal<'webgl' | null>(null);
/** The date that the map still shows, because the server does not answer for the chosen one; null = it shows that one. */
export const mapBehind = signal<IsoDate | null>(null);
/** The operator's base map does not come from its server: the built-in one stands in for it. */
export const baseMapFault = signal<{ readonly origin: string } | null>(null);

/** Whether the screen is a phone's, where the panel is a sheet over the map. */
export const isNarrow = signal(false);

/** Follows the width at which the styles change over. Called once at start. */
export function followWidth(): void {
  const query = matchMedia('(max-width: 760px)');
  isNarrow.value = query.matches;
  // A link to the tables shows the tables.
  if (viewMode.peek() === 'list' && query.matches) sheet.value = 'peek';
  query.addEventListener('change', () => (isNarrow.value = query.matches));
}

let nonce = 0;

export function showBox(box: Box, maxZoom?: number): void {
  nonce += 1;
  cameraWish.value = { box, nonce, maxZoom };
}

/** Map or tables; on a phone the sheet makes way for the tables. */
export function showAs(mode: ViewMode): void {
  viewMode.value = mode;
  if (mode === 'list' && isNarrow.value) sheet.value = 'peek';
}

/** With a scene beneath it land grows thin, and whole again without; whoever set it by hand keeps what was set. */
export function showScene(next: ShownScene | null): void {
  const [over, alone] = [0.4, 0.78];
  if (scene.value === null && next !== null && landOpacity.value === alone) landOpacity.value = over;
  if (next === null && landOpacity.value === over) landOpacity.value = alone;
  scene.value = next;
}

export function toggleLayer(layer: LayerId): void {
  const next = new Set(layers.value);
  if (!next.delete(layer)) next.add(layer);
  layers.value = next;
}
