import { signal } from '@preact/signals';

/** Colours of the base map and of everything drawn over it that is not a stage; one set for day, one for night. */
export interface MapTheme {
  readonly water: string;
  readonly land: string;
  readonly coast: string;
  readonly graticule: string;
  readonly graticuleText: string;
  readonly ink: string;
  readonly halo: string;
  readonly accent: string;
  readonly earth: string;
  readonly danger: string;
  readonly eco: string;
  readonly habitat: string;
}

const DAY: MapTheme = {
  water: '#d5e1e2',
  land: '#f4f1e8',
  coast: '#b4c4c3',
  graticule: '#cfcabb',
  graticuleText: '#8b8775',
  ink: '#26312c',
  halo: '#fdfcf9',
  accent: '#0f62a8',
  earth: '#9a5a24',
  danger: '#b3261e',
  eco: '#2f7d57',
  habitat: '#5b4a9c',
};

const NIGHT: MapTheme = {
  water: '#10181b',
  land: '#1d2521',
  coast: '#34433d',
  graticule: '#2f3a34',
  graticuleText: '#73806f',
  ink: '#dfe6dd',
  halo: '#141a17',
  accent: '#7db9ee',
  earth: '#e0a468',
  danger: '#f0968a',
  eco: '#7cc9a0',
  habitat: '#b9a9f2',
};

const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;

export const theme = signal<MapTheme>(dark?.matches ? NIGHT : DAY);
dark?.addEventListener('change', event => (theme.value = event.matches ? NIGHT : DAY));

export const prefersStill = (): boolean =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
