// Reads a raster of the person's own beside the page: the same engine as on the server, in a thread of the browser. Nothing is sent anywhere.
import { parseCrs } from '../../../../gis/crs/parse-crs.ts';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { GisError } from '../../../../gis/errors.ts';
import { createBlockCache } from '../../../../gis/raster/block-cache.ts';
import { openGeoTiff } from '../../../../gis/raster/open-geotiff.ts';
import type { RasterFile } from '../../../../gis/raster/raster-file.ts';
import { boxOfGrid } from '../../../../gis/raster/raster-grid.ts';
import type { Position } from '../../../../gis/types.ts';
import { computeZonal } from '../../../../gis/zonal/compute-zonal.ts';
import { browserCodecs, fileSource } from './browser-codecs.ts';
import { drawPicture } from './draw-picture.ts';
import type { LiveAnswers, LiveFault, LiveFigures, LiveInfo, LiveQuestion, LiveReply } from './messages.ts';

/** Blocks under the hand stay decoded, so that the next stroke reads nothing. */
const CACHE_BYTES = 128 << 20;
const POINTS_A_SIDE = 16;

let open: RasterFile | undefined;
let turn: Promise<unknown> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; question: LiveQuestion }>) => {
  turn = turn.then(async () => {
    let reply: LiveReply;
    try {
      reply = { id: data.id, value: await answer(data.question) };
    } catch (error) {
      reply = { id: data.id, fault: faultOf(error) };
    }
    self.postMessage(reply);
  });
});

async function answer(question: LiveQuestion): Promise<LiveAnswers[LiveQuestion['kind']]> {
  if (question.kind === 'open') return openFile(question.file);
  if (open === undefined) throw new GisError('raster-not-open');
  return question.kind === 'draw' ? drawPicture(open, question.choice) : measure(open, question);
}

async function openFile(file: File): Promise<LiveInfo> {
  open = undefined;
  const raster = await openGeoTiff(fileSource(file), browserCodecs, { cache: createBlockCache(CACHE_BYTES) });
  const { grid } = raster.image;
  const { inverse } = projectorFor(parseCrs(grid.crs));
  const [west, south, east, north] = boxOfGrid(grid);
  const ends: readonly Position[] = [
    [west, north],
    [east, north],
    [east, south],
    [west, south],
    [west, north],
  ];
  const outline: Position[] = [];
  for (const [i, from] of ends.slice(0, -1).entries()) {
    const to = ends[i + 1] as Position;
    for (let step = 0; step < POINTS_A_SIDE; step += 1) {
      const share = step / POINTS_A_SIDE;
      outline.push(inverse([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]));
    }
  }
  outline.push(outline[0] as Position);
  const [lngs, lats] = [outline.map(position => position[0]), outline.map(position => position[1])];
  const corner = (side: number): Position => outline[side * POINTS_A_SIDE] as Position;
  open = raster;
  return {
    name: file.name,
    width: grid.width,
    height: grid.height,
    crs: grid.crs,
    noData: raster.noData,
    bands: raster.bands,
    outline,
    corners: [corner(0), corner(1), corner(2), corner(3)],
    box: [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)],
  };
}

async function measure(
  file: RasterFile,
  { geometry, choice }: Extract<LiveQuestion, { kind: 'measure' }>,
): Promise<LiveFigures> {
  const band = (number: number) => ({ file, band: number, scale: choice.scale, offset: choice.offset });
  const [result] = await computeZonal({
    bands: choice.index === 'band' ? { value: band(choice.value) } : { red: band(choice.red), nir: band(choice.nir) },
    expression: choice.index,
    zones: [{ id: 'drawn', geometry }],
    stats: ['mean', 'stdev', 'area'],
  });
  if (result?.status !== 'ok') return { status: result?.status ?? 'empty-geometry' };
  const { values, validFraction, onRasterFraction, nEff } = result;
  const [mean, stdev, areaM2] = [values['mean'], values['stdev'], values['area']];
  // Sums beyond what doubles hold: cells that are no measurements.
  if (mean === undefined || stdev === undefined || areaM2 === undefined) return { status: 'no-valid-pixels' };
  return { status: 'ok', mean, stdev, validFraction, onRasterFraction, nEff, areaM2 };
}

function faultOf(error: unknown): LiveFault {
  if (error instanceof GisError) {
    const params = Object.entries(error.params).filter(([, value]) => ['string', 'number'].includes(typeof value));
    return { code: error.code, params: Object.fromEntries(params) };
  }
  // A file that was moved or changed since it was chosen.
  if (error instanceof DOMException) return { code: 'raster-file-gone', params: {} };
  return { code: 'raster-fault', params: { reason: String(error) } };
}
