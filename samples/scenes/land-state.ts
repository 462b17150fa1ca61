import { stageRank, type StageCode } from '../../gis/ledger/stages.ts';
import type { IsoDate } from '../../gis/types.ts';
import type { SampleLandEvent } from '../model.ts';
import { fillPolygon, type SceneGrid } from './scene-grid.ts';

const RANK = { EST: stageRank('EST'), EXM: stageRank('EXM') };

/** What really is on the ground, cell by cell, as events go by. */
export interface LandState {
  /** Rank of the stage; 0 where nothing ever happened. */
  readonly rank: Uint8Array;
  /** Day (since 1970) on which the plants that stand there were set; 0 where none were. */
  readonly plantedDay: Int32Array;
  /** 1 where the planting did not take, whatever the ledger says. */
  readonly hollow: Uint8Array;
  /** Lets all events up to a day happen. Days must not go back. */
  advanceTo(date: IsoDate): void;
}

export function landState(scene: SceneGrid, events: readonly SampleLandEvent[]): LandState {
  const size = scene.grid.width * scene.grid.height;
  const rank = new Uint8Array(size);
  const plantedDay = new Int32Array(size);
  const hollow = new Uint8Array(size);
  let next = 0;
  const happen = (event: SampleLandEvent): void => {
    const day = dayNumber(event.effectiveOn);
    const to = stageRank(event.stage satisfies StageCode);
    const grows = to >= RANK.EST && to < RANK.EXM;
    fillPolygon(scene, event.geometry, index => {
      if (grows) {
        if (plantedDay[index] === 0) plantedDay[index] = day;
        if (!event.vegetationHolds) hollow[index] = 1;
      } else {
        plantedDay[index] = 0;
        hollow[index] = 0;
      }
      rank[index] = to;
    });
  };
  return {
    rank,
    plantedDay,
    hollow,
    advanceTo: date => {
      for (let event = events[next]; event && event.effectiveOn <= date; event = events[++next]) happen(event);
    },
  };
}

/** Days since 1970-01-01. */
export function dayNumber(date: IsoDate): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}
