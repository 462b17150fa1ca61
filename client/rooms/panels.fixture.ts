/** One small mine with one of everything, for tests that render panels. */
import type { Account, Settings } from '../api/shapes/session.ts';
import { EVIDENCE_GRADES, RATE_CODES } from '../api/shapes/codes.ts';
import type { LandEvent } from '../api/shapes/land.ts';

export const settings: Settings = {
  version: '0.1.0',
  demo: true,
  basemap: { kind: 'builtin' },
  periods: { latestPublishedAsAt: '2022-12-31' },
  definitionVersion: '1',
};
export const manager: Account = { id: 3, username: 'manager', role: 'manager', organisationCode: null };

const SQUARE = [
  [112, 35],
  [112.01, 35],
  [112.01, 35.01],
  [112, 35.01],
  [112, 35],
] as const;
const geometry = { type: 'MultiPolygon', coordinates: [[SQUARE.map(([lng, lat]) => [lng, lat] as const)]] } as const;
const sentence = { en: 'Reclaimed land over disturbed land.', zh: '已治理面积除以累计损毁面积。' };

export const mine = {
  id: 1,
  code: 'HA-01',
  nameZh: '青岗岭铝土矿',
  nameEn: 'Qinggangling Bauxite Mine',
  organisationCode: 'ORG',
  organisationNameZh: '示例集团',
  organisationNameEn: 'Sample Group',
  province: 'HA',
  mineral: 'bauxite',
  method: 'open',
  status: 'operate',
  bbox: [112, 35, 112.01, 35.01],
  areaM2: 1_012_695,
  revision: 2,
  geometry,
  startOn: '2004-06-01',
  endOn: null,
  licenceNo: 'C410000',
  landRevision: 3,
};
export const boundary = {
  id: 1,
  kind: 'LICENCE',
  validFrom: '2004-06-01',
  validTo: null,
  areaM2: 1e6,
  docRef: 'C-1',
  geometry,
  revision: 1,
};

const rate = {
  value: 0.8963,
  numeratorM2: 8_963_000,
  denominatorM2: 10_000_000,
  basis: 'A',
  name: sentence,
  definition: sentence,
};
export const restoration = {
  asAt: '2022-12-31',
  knownAt: null,
  basis: 'A',
  scope: ['LIC'],
  source: 'working',
  areasM2: {
    grossDisturbed: 1e7,
    inUse: 5e5,
    due: 9e6,
    activeWorks: 2e5,
    ready: 1e5,
    reclaimedE: 9.2e6,
    reclaimedA: 8.963e6,
    reclaimedC: 1e6,
    exempt: 1e5,
    netOutstanding: 9e5,
  },
  stagesM2: { DST: 5e5, EST: 2e5 },
  rates: Object.fromEntries(RATE_CODES.map(code => [code, rate])),
  evidence: Object.fromEntries(EVIDENCE_GRADES.map((grade, index) => [grade, 0.8963 - index * 0.1])),
  definitionVersion: '1',
  ledgerHash: 'sha256:0123456789abcdef0123456789abcdef',
  outOfBoundsM2: 31_234,
  overdue: { areaM2: 45_678, before: '2021-12-31', definition: { en: 'Waits too long', zh: '逾期' } },
};
const none = {
  ...rate,
  value: null,
  denominatorM2: 0,
  reason: 'nothing-disturbed',
  reasonText: { en: 'No land is disturbed', zh: '没有损毁土地' },
};
export const nothingDisturbed = { ...restoration, rates: Object.fromEntries(RATE_CODES.map(code => [code, none])) };
export const period = {
  ...restoration,
  from: '2021-12-31',
  reconciliation: {
    gross: { opening: 9e6, newlyDisturbed: 1e6, corrections: -0.4, closing: 1e7 },
    reclaimed: { opening: 8e6, newlyReclaimed: 1e6, reDisturbed: 1e4, failed: 2e4, corrections: 0, closing: 8.963e6 },
  },
  annual: { AR1: { value: null, reason: 'nothing-new' }, AR2: { value: 0.5 }, deltaRR1Pp: 3.48 },
};
const cell = (id: number, stage: string) => ({
  type: 'Feature',
  id,
  geometry,
  properties: { stage, areaM2: 200_000, since: '2021-05-04', eventId: 7, scope: 'LIC', evidenceGrade: 'E4' },
});
export const partition = {
  type: 'FeatureCollection',
  asAt: '2022-12-31',
  knownAt: null,
  landRevision: 3,
  source: 'working',
  features: [cell(11, 'EST'), cell(12, 'RDY'), cell(13, 'EXM')],
};
export const event: LandEvent = {
  id: 7,
  stage: 'EST',
  effectiveOn: '2021-05-04',
  recordedAt: '2021-06-01T08:00:00.000Z',
  recordedBy: 3,
  scope: 'LIC',
  evidenceGrade: 'E4',
  reason: 'CORR',
  rightRef: null,
  damageType: 'EXC',
  severity: 2,
  facilityId: null,
  areaM2: 200_000,
  declaredAreaM2: null,
  retractedAt: null,
  retractReason: null,
  replacesId: 6,
  assumed: true,
  geometry,
  revision: 1,
};
export const published = {
  id: 1,
  asAt: '2022-12-31',
  knownAt: '2023-01-10T00:00:00Z',
  publishedAt: '2023-01-10T00:00:00Z',
  landRevision: 3,
  definitionVersion: '1',
  ledgerHash: 'sha256:0123456789abcdef',
};
export const tailings = {
  id: 9,
  mineId: 1,
  type: 'TSF',
  nameZh: '示例尾矿库',
  nameEn: 'Sample Tailings',
  status: 'operate',
  validFrom: '2004-06-01',
  validTo: null,
  areaM2: 1e5,
  attributes: {
    tailingsStatus: 'OPT',
    raiseMethod: 'UP',
    fullCapacityM3: 12_000_000,
    heightM: 45,
    downstreamFlag: true,
    dryDensityTPerM3: 1.5,
    initOperationOn: '2005-01-01',
    unheardOf: 'x',
  },
  geometry,
  revision: 1,
};
const taxon = {
  taxonId: 4,
  scientificName: 'Aegypius monachus',
  nameZh: '示例秃鹫',
  nameEn: 'Cinereous vulture',
  statuses: [
    { list: 'CN_WILDLIFE_2021', level: 'I' },
    { list: 'IUCN_RL', level: 'NT' },
  ],
};
export const habitat = {
  id: 'h-1',
  mineId: 1,
  nameZh: '示例湿地',
  nameEn: 'Sample wetland',
  habitatCode: '5.4',
  habitatNameZh: '示例沼泽',
  habitatNameEn: 'Bogs',
  uses: ['BREED'],
  seasonFrom: '03-01',
  seasonTo: '07-31',
  quality: 0.8,
  sensitivity: 2,
  taxa: [taxon],
  validFrom: '2018-01-01',
  validTo: null,
  supersedes: null,
  areaM2: 3e4,
  geometry,
  revision: 1,
};
export const occurrence = {
  id: 'o-1',
  mineId: 1,
  taxon,
  eventDate: '2022-05-03',
  individualCount: 3,
  basisOfRecord: 'HumanObservation',
  occurrenceStatus: 'detected',
  geometry: { type: 'Point', coordinates: [112, 35] },
};
export const scene = {
  id: 5,
  acquiredOn: '2022-07-14',
  sensor: 'Sentinel-2',
  state: 'ready',
  bands: {},
  indices: ['ndvi', 'truecolour'],
  bbox: [112, 35, 112.1, 35.1],
  cloudFraction: 0.1,
  hasMask: true,
  crs: 'EPSG:32649',
};
export const legend = {
  code: 'ndvi',
  nameZh: '示例指数',
  nameEn: 'NDVI',
  min: -0.1,
  max: 0.9,
  stops: [
    { value: -0.1, color: '#5a3511' },
    { value: 0.9, color: '#0b5d2a' },
  ],
  formula: '',
};
export const vegetation = {
  index: 'ndvi',
  target: 'land',
  source: 'working',
  items: [],
  byStage: [
    {
      sceneId: 5,
      acquiredOn: '2022-07-14',
      stage: 'EST',
      mean: 0.61,
      fvc: 0.7,
      areaM2: 2e5,
      cellCount: 1,
      validFraction: 0.97,
      status: 'ok',
      leftOut: { cellCount: 0, areaM2: 0 },
    },
  ],
  reference: [{ sceneId: 5, acquiredOn: '2022-07-14', mean: 0.72 }],
  agreement: [
    {
      cellId: 11,
      eventId: 7,
      stage: 'EST',
      areaM2: 2e5,
      status: 'insufficient-data',
      reason: 'no-usable-scene',
      recoveryIndex: 0.4,
      have: 0,
      need: 1,
    },
  ],
  method: { definition: sentence },
};
