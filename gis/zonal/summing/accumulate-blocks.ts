import { GisError } from '../../errors.ts';
import type { ZonalPlan } from '../zonal-plan.ts';
import type { ZoneSums } from '../sums/zone-sums.ts';
import { createCoverage } from './coverage-of-block.ts';
import { FetchAhead } from './fetch-ahead.ts';
import { prepareInputs, readTask, referenceImage } from './layer-inputs.ts';
import type { LayerInputs } from './layer-inputs.ts';
import { ascending, planBands } from './plan-blocks.ts';
import type { BlockTask, TakeBand } from './plan-blocks.ts';
import { sumBlock, takerOf } from './sum-block.ts';

/** Also how many decoded blocks may wait for the host to let go of them. */
const BLOCKS_BETWEEN_PAUSES = 4;

/** How far a source looks ahead that fetches several blocks in one journey. */
const STEPS_AHEAD = 64;

/** What is summed over a block: the plan of one raster or one expression, and its sums. */
export interface Layer {
  readonly plan: ZonalPlan;
  readonly sums: ZoneSums;
}

/**
 * The one pass over the blocks `[from, to)` (rows of them): each block that a zone needs is read once, and every zone's coverage of it is
 * made, used and forgotten, so that memory does not grow with the zones or the raster. `take` says which band of block rows comes next.
 */
export const accumulateBlocks = (
  plan: ZonalPlan,
  sums: ZoneSums,
  from: number,
  to: number,
  take: TakeBand = ascending(),
): Promise<void> => accumulateLayers([{ plan, sums }], from, to, take);

/**
 * The same pass for several layers, whose plans have the same shapes on the same grid in blocks of the same size: dates of a series, or
 * expressions over one scene. A zone's coverage of a block is made once for all of them. The first one's request is asked whether to go on.
 */
export async function accumulateLayers(
  layers: readonly Layer[],
  from: number,
  to: number,
  take: TakeBand = ascending(),
): Promise<void> {
  const [first] = layers;
  if (first === undefined) return;
  const { request, shapes } = first.plan;
  const image = referenceImage(request);
  const coverage = createCoverage(layers.length > 1);
  const all = layers.map(({ plan, sums }) => ({ plan, sums, inputs: prepareInputs(plan, sums, coverage) }));
  const bands = planBands(shapes, image, from, to);
  const steps = announce(stepsOf(bands.tasks(take), all));
  let sincePause = 0;
  let bandsDone = 0;
  const ahead = new FetchAhead(steps, ({ layer, task }, lease) => readTask(layer.inputs, task, lease));
  try {
    for (let fetched = await ahead.take(); fetched !== undefined; fetched = await ahead.take()) {
      if (request.signal?.aborted === true) throw new GisError('zonal-cancelled');
      const { step, block, next } = fetched;
      const { task, layer } = step;
      sumBlock(layer.inputs, layer.plan, layer.sums, task, block, image);
      sincePause += 1;
      if (request.pause !== undefined && sincePause >= BLOCKS_BETWEEN_PAUSES) {
        sincePause = 0;
        await request.pause();
      }
      if (next?.task !== task) coverage.forget();
      if (next?.task.band !== task.band) {
        bandsDone += 1;
        request.onProgress?.(bandsDone / bands.needed);
      }
    }
  } finally {
    ahead.close();
    for (const { inputs, sums } of all) {
      inputs.pairSums.close(takerOf(sums, inputs.pairSums).take);
    }
  }
}

interface Step {
  readonly task: BlockTask;
  readonly layer: Layer & { readonly inputs: LayerInputs };
}

function* stepsOf(tasks: Iterable<BlockTask>, layers: readonly Step['layer'][]): Generator<Step, void> {
  for (const task of tasks) for (const layer of layers) yield { task, layer };
}

/** Sources that fetch from afar are told of steps a while before they are due; those at hand need no telling. */
function* announce(steps: Iterable<Step>): Generator<Step, void> {
  const told: Step[] = [];
  for (const step of steps) {
    const listening = step.layer.inputs.readers.filter(({ expect }) => expect !== undefined);
    for (const { expect } of listening) expect?.(step.task.window);
    told.push(step);
    if (listening.length === 0 || told.length > STEPS_AHEAD) yield told.shift() as Step;
  }
  yield* told;
}
