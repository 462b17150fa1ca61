import type { MultiPolygon } from '../gis/types.ts';
import { grossAndReclaimed, landHistory } from './cover/land-history.ts';
import type { SampleBoundary, SampleFacility, SampleLandEvent, SamplePlan, SampleSite } from './model.ts';
import type { PatchSpec, SiteSpec } from './sites/site-spec.ts';
import { fractalNoise, type PlaneField } from './terrain/noise.ts';
import { outlineField, reachOf } from './terrain/outline.ts';
import { sitePlane, type SitePlane } from './terrain/plane.ts';
import { seedOf } from './terrain/random.ts';
import { reliefOf } from './terrain/relief.ts';
import { gridField, sampleField } from './terrain/scalar-grid.ts';
import { shapeOf, type ShapeOptions } from './terrain/shape.ts';
import { inOrder } from './works/event-order.ts';
import { workEvents, workShape } from './works/work-events.ts';
import { workField, type WorkField } from './works/work-field.ts';
import type { WorkSpec } from './works/work-spec.ts';

/** A site half made: its fields and its events but for those that the group's rate decides. */
export interface SiteDraft {
  readonly spec: SiteSpec;
  readonly plane: SitePlane;
  readonly relief: PlaneField;
  readonly works: readonly { readonly spec: WorkSpec; readonly field: WorkField; readonly events: SampleLandEvent[] }[];
}

export function draftSite(spec: SiteSpec): SiteDraft {
  const natural = reliefOf(spec.mine.code, spec.country);
  const relief = gridField(sampleField({ westM: -2800, southM: -2800, eastM: 2800, northM: 2800 }, 28, natural));
  const plane = sitePlane(spec.centre);
  const works = spec.works.map(work => {
    const field = workField(spec.mine.code, work, relief);
    return { spec: work, field, events: workEvents(work, field, plane) };
  });
  return { spec, plane, relief, works };
}

/** @param added acceptances that the group's rate decided */
export function finishSite(draft: SiteDraft, added: readonly SampleLandEvent[]): SampleSite {
  const { spec, plane } = draft;
  const events = inOrder([...draft.works.flatMap(work => work.events), ...added]);
  const patch = (wanted: PatchSpec): MultiPolygon => patchShape(draft, wanted);
  return {
    mine: spec.mine,
    centre: spec.centre,
    boundaries: boundariesOf(draft),
    facilities: facilitiesOf(draft),
    events,
    plans: plansOf(spec, events),
    references: spec.references.map(wanted => ({
      ecosystemZh: wanted.ecosystemZh,
      ecosystemEn: wanted.ecosystemEn,
      validFrom: '2016-01-01',
      geometry: patch(wanted),
    })),
    habitats: spec.habitats.map(wanted => {
      const {
        centreM: _c,
        halfLengthM: _l,
        halfWidthM: _w,
        heading: _h,
        reliefPull: _r,
        keepOffM: _k,
        key: _y,
        ...rest
      } = wanted;
      return { ...rest, key: wanted.key, geometry: patch(wanted) };
    }),
    occurrences: spec.occurrences.map(({ atM, ...rest }) => ({ ...rest, position: plane.toPosition(...atM) })),
    surveys: spec.surveys,
  };
}

const PATCH: ShapeOptions = { minimumAreaM2: 1500, minimumHoleM2: 1500, toleranceM: 3 };

/** A patch of ground that keeps off the works. Throws when nothing of it is left: the site's list is wrong then. */
function patchShape(draft: SiteDraft, wanted: PatchSpec): MultiPolygon {
  const { field, reachM, cellM } = patchField(draft, wanted);
  const [cx, cy] = wanted.centreM;
  const window = { westM: cx - reachM, southM: cy - reachM, eastM: cx + reachM, northM: cy + reachM };
  const shape = shapeOf(sampleField(window, cellM, field), draft.plane, PATCH);
  if (!shape) throw new Error(`${draft.spec.mine.code}: nothing is left of ${wanted.key}`);
  return shape;
}

/** Positive on the patch. */
export function patchField(
  draft: SiteDraft,
  wanted: PatchSpec,
): { readonly field: PlaneField; readonly reachM: number; readonly cellM: number } {
  const seed = seedOf(`${draft.spec.mine.code}/${wanted.key}`);
  const outline = outlineField(seed, wanted, draft.relief);
  const reachM = reachOf(wanted);
  const near = draft.works.filter(work => isNear(work.spec, wanted, reachM));
  const field: PlaneField = (xM, yM) =>
    near.reduce((least, work) => Math.min(least, work.field.outlineAt(xM, yM) - wanted.keepOffM), -outline(xM, yM));
  return { field, reachM, cellM: Math.min(Math.max(reachM / 60, 6), 25) };
}

function isNear(work: WorkSpec, patch: PatchSpec, reachM: number): boolean {
  const [dx, dy] = [work.centreM[0] - patch.centreM[0], work.centreM[1] - patch.centreM[1]];
  const sum = (reachM + reachOf(work)) * 1.2 + patch.keepOffM;
  return dx * dx + dy * dy < sum * sum;
}

function boundariesOf(draft: SiteDraft): SampleBoundary[] {
  const { spec } = draft;
  const outside = new Set(spec.outsideLicence ?? []);
  const licensed = draft.works.filter(work => !outside.has(work.spec.key));
  const since = spec.mine.startOn;
  const boundary = (
    kind: SampleBoundary['kind'],
    geometry: MultiPolygon,
    docRef: string,
    validFrom = since,
    validTo: string | null = null,
  ): SampleBoundary => ({ kind, geometry, validFrom, validTo, docRef });
  const licence = lineAround(draft, licensed, 190, 26);
  const enlarged = spec.licenceEnlargedOn;
  const legacy = draft.works.filter(work => !outside.has(work.spec.key) || work.spec.scope !== 'LIC');
  return [
    ...(enlarged
      ? [
          boundary('LICENCE', lineAround(draft, licensed, 120, 20), `${spec.mine.licenceNo}-1`, since, enlarged),
          boundary('LICENCE', licence, `${spec.mine.licenceNo}-2`, enlarged),
        ]
      : [boundary('LICENCE', licence, spec.mine.licenceNo)]),
    boundary('RESP', lineAround(draft, legacy, 75, 9), `${spec.mine.code}-RESP-2012`),
    ...(spec.approvedLimit ? [boundary('APPRLIM', lineAround(draft, licensed, 40, 7), `${spec.mine.code}-EIA`)] : []),
    ...(spec.protectedPatches ?? []).map(wanted =>
      boundary(wanted.kind, patchShape(draft, wanted), `${spec.mine.code}-${wanted.kind}`, '2014-01-01'),
    ),
  ];
}

/** The line that runs `marginM` outside a set of works, drawn with long straight sides, as surveyors draw it. */
function lineAround(draft: SiteDraft, works: SiteDraft['works'], marginM: number, toleranceM: number): MultiPolygon {
  const wobble = fractalNoise(seedOf(`${draft.spec.mine.code}/line`), 700, 2);
  const reach = (work: WorkSpec): number => reachOf(work) + marginM * 1.6;
  const window = {
    westM: Math.min(...works.map(({ spec }) => spec.centreM[0] - reach(spec))),
    southM: Math.min(...works.map(({ spec }) => spec.centreM[1] - reach(spec))),
    eastM: Math.max(...works.map(({ spec }) => spec.centreM[0] + reach(spec))),
    northM: Math.max(...works.map(({ spec }) => spec.centreM[1] + reach(spec))),
  };
  const grid = sampleField(window, 30, (xM, yM) => {
    // Bridges the gaps between neighbouring works: nearness adds up.
    let nearness = 0;
    let nearest = Infinity;
    for (const { field } of works) {
      const outside = field.outlineAt(xM, yM);
      nearest = Math.min(nearest, outside);
      nearness += 1 / (1 + (Math.max(outside, 0) / marginM) ** 2) ** 2;
    }
    const bridged = marginM * (nearness - 0.25) * 1.5;
    return Math.max(marginM - nearest, bridged) + 0.16 * marginM * wobble(xM, yM);
  });
  const shape = shapeOf(grid, draft.plane, { minimumAreaM2: 20_000, toleranceM });
  if (!shape) throw new Error(`${draft.spec.mine.code}: no line around the works`);
  // Islands of untouched ground inside stay inside: a licence has no holes.
  return { type: 'MultiPolygon', coordinates: shape.coordinates.map(rings => rings.slice(0, 1)) };
}

function facilitiesOf(draft: SiteDraft): SampleFacility[] {
  return draft.works.flatMap(({ spec, field }) => {
    const geometry = workShape(field, draft.plane, {
      lane: null,
      from: -Infinity,
      to: Infinity,
      rimM: -8,
      laneGapM: 0,
    });
    if (!spec.facility || !geometry) return [];
    const { attributes = {}, ...facility } = spec.facility;
    return [{ ...facility, key: spec.key, validFrom: spec.openOn, attributes, geometry }];
  });
}

/** Plans of the year: what was accepted in it, off by as much as plans are. */
function plansOf(spec: SiteSpec, events: readonly SampleLandEvent[]): SamplePlan[] {
  const history = landHistory(events);
  const reclaimedM2 = (year: number): number => grossAndReclaimed(history, `${year}-12-31`).reclaimedM2;
  return [2017, 2018, 2019, 2020, 2021, 2022].flatMap(year => {
    const doneM2 = reclaimedM2(year) - reclaimedM2(year - 1);
    const swing = ((seedOf(`${spec.mine.code}/plan/${year}`) % 1000) / 1000 - 0.5) * 0.12;
    const plannedM2 = Math.round((doneM2 * (spec.plannedFactor + swing)) / 1000) * 1000;
    return plannedM2 > 0 ? [{ year, plannedM2, source: `${spec.mine.code}-AP-${year}` }] : [];
  });
}
