import type { Map as GlMap } from 'maplibre-gl';
import { STAGE_STYLE, type Pattern } from '../ui/stage-style.ts';
import type { MapTheme } from './theme.ts';

const SCALE = 2;

type Paint = (context: CanvasRenderingContext2D, size: number) => void;

function draw(size: number, paint: Paint): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = size * SCALE;
  canvas.height = size * SCALE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  context.scale(SCALE, SCALE);
  paint(context, size);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

const hatch =
  (color: string, width: number): Paint =>
  (context, size) => {
    context.strokeStyle = color;
    context.lineWidth = width;
    for (const shift of [-size, 0, size]) {
      context.beginPath();
      context.moveTo(shift, size);
      context.lineTo(shift + size, 0);
      context.stroke();
    }
  };

/** The same lines leaning the other way, so that two hatches over each other can be told apart. */
const backHatch =
  (color: string, width: number): Paint =>
  (context, size) => {
    context.translate(size, 0);
    context.scale(-1, 1);
    hatch(color, width)(context, size);
  };

const PATTERNS: Record<Pattern, Paint> = {
  hatch: hatch('rgb(255 255 255 / 0.75)', 1.3),
  dots: (context, size) => {
    context.fillStyle = 'rgb(60 70 20 / 0.7)';
    for (const [x, y] of [
      [size / 4, size / 4],
      [(3 * size) / 4, (3 * size) / 4],
    ] as const) {
      context.beginPath();
      context.arc(x, y, 1, 0, Math.PI * 2);
      context.fill();
    }
  },
  cross: (context, size) => {
    hatch('rgb(255 255 255 / 0.65)', 1)(context, size);
    backHatch('rgb(255 255 255 / 0.65)', 1)(context, size);
  },
};

/** A filled plate with a drawing on it: facilities are told apart by form, not by colour. */
function plate(color: string, halo: string, form: Paint): Paint {
  return (context, size) => {
    context.beginPath();
    context.arc(size / 2, size / 2, size / 2 - 1, 0, Math.PI * 2);
    context.fillStyle = color;
    context.fill();
    context.lineWidth = 1.6;
    context.strokeStyle = halo;
    context.stroke();
    context.strokeStyle = '#ffffff';
    context.fillStyle = '#ffffff';
    context.lineWidth = 1.6;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    form(context, size);
  };
}

const polyline =
  (points: readonly (readonly [number, number])[], filled = false): Paint =>
  context => {
    context.beginPath();
    points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    if (filled) context.fill();
    else context.stroke();
  };

/** Forms on a 22 × 22 plate. */
const FORMS: Readonly<Record<string, readonly [color: string, form: Paint]>> = {
  // A dam before its pond.
  TSF: [
    '#3c5f7d',
    (c, s) => {
      polyline(
        [
          [6, 15.5],
          [10, 8],
          [12, 8],
          [16, 15.5],
          [6, 15.5],
        ],
        true,
      )(c, s);
    },
  ],
  // Stacked benches of red mud.
  RMY: [
    '#8a3b2a',
    (c, s) => {
      for (const [x, y] of [
        [8.5, 7.5],
        [7, 11],
        [5.5, 14.5],
      ] as const)
        polyline([
          [x, y],
          [22 - x, y],
        ])(c, s);
    },
  ],
  WRD: [
    '#6f6250',
    (c, s) =>
      polyline(
        [
          [5.5, 15],
          [9, 8.5],
          [11.5, 12],
          [13.5, 9.5],
          [16.5, 15],
          [5.5, 15],
        ],
        true,
      )(c, s),
  ],
  PIT: [
    '#7a5a3a',
    (c, s) => {
      polyline([
        [5.5, 7.5],
        [8, 7.5],
        [9, 11],
        [10, 11],
        [10.5, 14.5],
        [16.5, 14.5],
      ])(c, s);
    },
  ],
  other: [
    '#5d6660',
    c => {
      c.fillRect(7.5, 7.5, 7, 7);
    },
  ],
};

export const FACILITY_ICONS = Object.keys(FORMS).filter(type => type !== 'other');

/** Puts every picture that the layers name into the map. Called after each new style. */
export function addImages(map: GlMap, theme: MapTheme): void {
  const add = (id: string, size: number, paint: Paint): void => {
    if (map.hasImage(id)) map.removeImage(id);
    map.addImage(id, draw(size, paint), { pixelRatio: SCALE });
  };
  for (const [pattern, paint] of Object.entries(PATTERNS)) add(`stage-${pattern}`, 8, paint);
  add('habitat-hatch', 10, hatch(`${theme.habitat}66`, 1.2));
  add('finding-hatch', 10, hatch(theme.danger, 1.3));
  add('mine-hatch', 10, backHatch(theme.accent, 1.5));
  for (const [type, [color, form]] of Object.entries(FORMS))
    add(`facility-${type}`, 22, plate(color, theme.halo, form));
}

/** Stages that carry a pattern, and its picture. */
export const STAGE_PATTERNS: readonly (readonly [stage: string, image: string])[] = Object.entries(STAGE_STYLE).flatMap(
  ([stage, { pattern }]) => (pattern === undefined ? [] : [[stage, `stage-${pattern}`] as const]),
);
