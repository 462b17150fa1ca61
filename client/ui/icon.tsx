/** Line drawings on a 20 × 20 grid, 1.6 px strokes. One path a name. */
const PATHS = {
  back: 'M12 4.5 6.5 10l5.5 5.5',
  forward: 'M8 4.5 13.5 10 8 15.5',
  close: 'M5 5l10 10M15 5 5 15',
  map: 'M3 5.5 7.5 3.5l5 2 4.5-2v11l-4.5 2-5-2L3 16.5zM7.5 3.5v11M12.5 5.5v11',
  list: 'M7 5h10M7 10h10M7 15h10M3.5 5h.01M3.5 10h.01M3.5 15h.01',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.700a3 3 0 0 0-4.3-4.300l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.700a3 3 0 0 0 4.3 4.300l1-1',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 17c.5-3.3 2.8-5 6-5s5.5 1.7 6 5',
  play: 'M6.5 4.5v11l9-5.5z',
  pause: 'M7 4.5v11M13 4.5v11',
  layers: 'M10 3 2.5 7 10 11l7.5-4zM2.5 10.5 10 14.5l7.5-4M2.5 13.7 10 17.700l7.5-4',
  draw: 'M4 16l1-3.700L13.3 4a1.6 1.6 0 0 1 2.3 0l.4.4a1.6 1.6 0 0 1 0 2.300L7.7 15z',
  hole: 'M10 3 3.5 7v6l6.5 4 6.5-4V7zM10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  rectangle: 'M3.5 5.5h13v9h-13z',
  trace: 'M3.5 16.5c3 0 3-4 5-6s5 0 8-7M3.5 12.500v.01M6 9v.01M10.5 5.500v.01',
  corners: 'M5 5h10v10H5zM3.5 3.5h3v3h-3zM13.5 3.5h3v3h-3zM13.5 13.5h3v3h-3zM3.5 13.5h3v3h-3z',
  move: 'M10 2.5v15M2.5 10h15M10 2.5 8 5M10 2.5 12 5M10 17.5l-2-2.5M10 17.5l2-2.5M2.5 10 5 8M2.5 10 5 12M17.5 10 15 8M17.5 10 15 12',
  split: 'M3.5 4.5h5v11h-5zM11.5 4.5h5v11h-5zM10 2v16',
  merge: 'M3.5 6.5h6v-3h7v7h-6v6h-7z',
  cut: 'M3.5 3.5h13v6h-5v7h-8zM13 12h4v4h-4z',
  clip: 'M6 2.5v11.500h11.500M2.5 6H14v11.5',
  offset: 'M7 7h6v6H7zM3.5 3.5h13v13h-13z',
  copy: 'M7 7h9.5v9.5H7zM3.5 13V3.5H13',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.500h.01M8.500 8.500h.01M11.500 8.500h.01M14.500 8.500h.01M6.500 11.500h7',
  magnet: 'M4.500 4v6.500a5.500 5.500 0 0 0 11 0V4h-3.500v6.500a2 2 0 0 1-4 0V4zM4.500 7H8M12 7h3.500',
  undo: 'M7.5 4 3.5 8l4 4M3.5 8h8a4.5 4.5 0 0 1 0 9H8',
  redo: 'M12.5 4l4 4-4 4M16.5 8h-8a4.5 4.5 0 0 0 0 9H12',
  trash: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.400l.8-11M8.5 9v4.5M11.5 9v4.5',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 9v5M10 6.200v.01',
  warn: 'M10 3 2.5 16.5h15zM10 8v4M10 14.200v.01',
  check: 'M4 10.5l4 4 8-9',
  chevron: 'M5.5 8l4.5 4.5L14.5 8',
  chevronUp: 'M5.5 12 10 7.5l4.5 4.5',
  image: 'M3 4.5h14v11H3zM3 13l4-4 3.5 3.5L13 10l4 4M12.5 7.5h.01',
  upload: 'M10 13V4M6.5 7 10 3.5 13.5 7M3.5 13v3.5h13V13',
  download: 'M10 3.5V12.5M6.5 9 10 12.500l3.5-3.500M3.5 13v3.5h13V13',
  target: 'M10 15.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM10 2v4M10 14v4M2 10h4M14 10h4',
  table: 'M3 4h14v12H3zM3 8h14M3 12h14M8 4v12',
  leaf: 'M4 16C4 8 8.5 4 16.5 3.5 17 11.5 13 16 6.5 15.5M4 17.5c1-4 3.5-7 7.5-9',
  key: 'M7 13.5a3.5 3.5 0 1 1 3.3-4.700L17 8.800v2.700h-2v2h-2.5v-2h-2.200A3.5 3.5 0 0 1 7 13.5Z',
  sign: 'M11.5 4h5v12h-5M3.5 10h9M9 6.5l3.5 3.5L9 13.5',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: hidden from screen readers, so the control around it carries the name. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number | undefined }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
