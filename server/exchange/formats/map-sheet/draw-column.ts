import { projectorFor } from '../../../../gis/crs/projector.ts';
import { haFromM2, muFromM2 } from '../../../../gis/units.ts';
import type { Position } from '../../../../gis/types.ts';
import type { ExportJob } from '../export-layer.ts';
import { fillWith, PLAIN_STYLE } from './draw-outlines.ts';
import type { Selection } from './read-selection.ts';
import { PT_PER_MM, roundStep, type SheetLayout } from './sheet-layout.ts';
import type { SheetPen } from './sheet-pen.ts';

const SMALL = 6.5;
const BODY = 7.5;
/** With more classes than this the legend is set smaller: it has to leave room for what follows it. */
const MANY_CLASSES = 9;

/**
 * Legend with areas, north, scale, the corners of the selection, what the areas are: the column beside the map.
 * Answers where it ends, millimetres from the top of the sheet.
 */
export function drawColumn(pen: SheetPen, layout: SheetLayout, job: ExportJob, selection: Selection): number {
  const { column } = layout;
  let y = column.y + 1;
  const line = (words: string, size = SMALL, colour?: string): void => {
    y += pen.text(words, column.x, y, { size, width: column.width, ...(colour === undefined ? {} : { colour }) }) + 0.2;
  };
  line('图例 Legend', 10);
  y = drawLegend(pen, job, selection, column.x, y, column.width) + 3;
  y = drawNorthAndScale(pen, layout, job, column.x, y, column.width) + 3;
  line('选区四至角点 Corners of the selection', BODY);
  line('X 为北坐标，Y 为东坐标（米）  X northing, Y easting (m)', 5.8, '#55615b');
  for (const [name, corner] of cornersOf(selection)) {
    const [lng, lat] = projectorFor(job.crs).inverse(corner);
    line(`${name}  X ${corner[1].toFixed(3)}  Y ${corner[0].toFixed(3)}`);
    line(`        ${dms(lng)} E  ${dms(lat)} N`);
  }
  y += 2;
  line('面积定义 What the areas are', BODY);
  line('CGCS2000 椭球面面积，边为大地线，不是高斯平面面积。1 公顷 = 15 亩。');
  line('On the CGCS2000 ellipsoid, edges as geodesics; not on the projection. 1 ha = 15 mu.');
  return y;
}

function drawLegend(
  pen: SheetPen,
  { layer }: ExportJob,
  selection: Selection,
  left: number,
  top: number,
  width: number,
): number {
  let y = top;
  const terms = layer.classes?.terms.filter(({ code }) => selection.byClass.has(code)) ?? [];
  const rows = terms.length === 0 ? [{ code: '', zh: layer.title.zh, en: layer.title.en, style: PLAIN_STYLE }] : terms;
  const isCrowded = rows.length > MANY_CLASSES;
  const [size, boxMm] = isCrowded ? [4.9, 3] : [SMALL, 4.4];
  for (const { code, zh, en, style } of rows) {
    const [x, boxY] = [left * PT_PER_MM, (y + 0.5) * PT_PER_MM];
    fillWith(pen, style, () => pen.document.rect(x, boxY, 8 * PT_PER_MM, boxMm * PT_PER_MM));
    pen.document
      .rect(x, boxY, 8 * PT_PER_MM, boxMm * PT_PER_MM)
      .lineWidth(0.4)
      .strokeColor('#3a423d')
      .stroke();
    const tally = selection.byClass.get(code) ?? { areaM2: 0, count: 0 };
    const name = `${code} ${zh} ${en}`.trim();
    const height = pen.text(name, left + 10, y, { size, width: width - 10 });
    pen.text(`${areaLine(tally.areaM2)} · ${tally.count}`, left + 10, y + height, {
      size,
      colour: '#55615b',
      width: width - 10,
    });
    y += height + (isCrowded ? 1.9 : 3.1);
  }
  const total = [...selection.byClass.values()].reduce((sum, { areaM2 }) => sum + areaM2, 0);
  pen.text(`合计 Total  ${areaLine(total)} · ${selection.features.length}`, left, y + 0.5, { size: BODY, width });
  return y + 5;
}

function drawNorthAndScale(
  pen: SheetPen,
  layout: SheetLayout,
  { crs }: ExportJob,
  left: number,
  top: number,
  width: number,
): number {
  const [west, south, east, north] = layout.shown;
  const centre: Position = [(west + east) / 2, (south + north) / 2];
  const convergence = convergenceDeg(centre, crs);
  const [x, y] = [left + 10, top + 18];
  const tip = (deg: number, length: number): readonly [number, number] => [
    x + length * Math.sin((deg * Math.PI) / 180),
    y - length * Math.cos((deg * Math.PI) / 180),
  ];
  // Grid north is up; true north leans by the convergence.
  pen.line([[x, y], tip(0, 15)], 1.1, '#1d2320');
  pen.filled([tip(0, 16.5), [x - 1.6, y - 11.5], [x, y - 12.6], [x + 1.6, y - 11.5]], '#1d2320');
  pen.line([[x, y], tip(-convergence, 14)], 0.4, '#8f2f24');
  pen.text('N', x - 1.2, top - 1.6, { size: 8 });
  const degrees = Math.abs(convergence);
  const minutes = Math.floor((degrees % 1) * 60);
  const seconds = Math.round(((degrees * 60) % 1) * 60);
  const side = convergence >= 0 ? ['偏西', 'west'] : ['偏东', 'east'];
  pen.text(
    `坐标北向上；图中心子午线收敛角 γ = ${convergence < 0 ? '−' : '+'}${Math.floor(degrees)}°${minutes}′${seconds}″，真北（红线）${side[0]}。`,
    left + 22,
    top,
    { size: SMALL, width: width - 22 },
  );
  pen.text(
    `Grid north is up; at the centre true north (red) lies ${side[1]} of it by the convergence γ.`,
    left + 22,
    top + 9,
    {
      size: SMALL,
      width: width - 22,
    },
  );
  return drawScale(pen, layout, left, top + 22, width);
}

function drawScale(pen: SheetPen, { scale }: SheetLayout, left: number, top: number, width: number): number {
  pen.text(`比例尺 Scale 1:${scale.toLocaleString('en').replaceAll(',', ' ')}`, left, top, { size: 10 });
  const metres = roundStep(((width - 16) * scale) / 1000, 1);
  const length = (metres / scale) * 1000;
  const y = top + 6;
  for (let part = 0; part < 4; part++) {
    const [from, to] = [left + (length * part) / 4, left + (length * (part + 1)) / 4];
    pen.filled(
      [
        [from, y],
        [to, y],
        [to, y + 1.6],
        [from, y + 1.6],
      ],
      part % 2 === 0 ? '#1d2320' : '#ffffff',
    );
  }
  pen.frame({ x: left, y, width: length, height: 1.6 }, 0.4, '#1d2320');
  const label = (m: number): string => (metres >= 2000 ? `${m / 1000} km` : `${m} m`);
  pen.text('0', left, y + 2.2, { size: SMALL });
  pen.text(label(metres / 2), left + length / 2 - 4, y + 2.2, { size: SMALL });
  pen.text(label(metres), left + length - 2, y + 2.2, { size: SMALL });
  return y + 6;
}

/** Land that is there but too small for the decimals is not nothing. */
export const least = (value: number, digits: number): string =>
  value > 0 && value < 0.5 * 10 ** -digits ? `<${(10 ** -digits).toFixed(digits)}` : value.toFixed(digits);

export function areaLine(areaM2: number): string {
  return `${least(haFromM2(areaM2), 2)} ha · ${least(muFromM2(areaM2), 1)} 亩 mu`;
}

/** Positive where true north lies west of grid north, as east of a central meridian in the northern half of the Earth. */
function convergenceDeg(centre: Position, crs: ExportJob['crs']): number {
  const { forward, inverse } = projectorFor(crs);
  const [lng, lat] = inverse(centre);
  const [x, y] = forward([lng, lat + 0.001]);
  return (-Math.atan2(x - centre[0], y - centre[1]) * 180) / Math.PI;
}

function cornersOf({ box: [west, south, east, north] }: Selection): readonly (readonly [string, Position])[] {
  return [
    ['西北 NW', [west, north]],
    ['东北 NE', [east, north]],
    ['东南 SE', [east, south]],
    ['西南 SW', [west, south]],
  ];
}

/** Degrees, minutes and seconds to a hundredth. */
export function dms(value: number): string {
  const hundredths = Math.round(Math.abs(value) * 360_000);
  const seconds = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  const minutes = String(Math.floor(hundredths / 6000) % 60).padStart(2, '0');
  return `${value < 0 ? '−' : ''}${Math.floor(hundredths / 360_000)}°${minutes}′${seconds}″`;
}
