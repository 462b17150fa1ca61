/** Code lists of facilities. */
interface Term {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

const term = (code: string, nameZh: string, nameEn: string): Term => ({ code, nameZh, nameEn });

export const FACILITY_TYPES = [
  'PIT',
  'UGS',
  'WRD',
  'TSF',
  'RMY',
  'STK',
  'TSS',
  'IND',
  'ROAD',
  'BOR',
  'WAT',
  'CAMP',
  'EXP',
  'OTH',
] as const;
export type FacilityType = (typeof FACILITY_TYPES)[number];

export const FACILITY_STATUSES = ['build', 'operate', 'suspend', 'close', 'closed'] as const;
export type FacilityStatus = (typeof FACILITY_STATUSES)[number];

export const TAILINGS_STATUSES = ['CON', 'OPT', 'CAM', 'CLT', 'CLA', 'CLP'] as const;
export const TAILINGS_CONSEQUENCES = ['LOW', 'SIG', 'HIG', 'VHIG', 'EXT', 'NRT'] as const;
export const TAILINGS_TYPES = ['conventional', 'dry_stacking', 'pit', 'lake', 'other'] as const;
export const RAISE_METHODS = ['UP', 'CL', 'DN', 'ONE'] as const;
export const DISCHARGES = ['WET', 'DRY'] as const;
export const RESIDUE_PROCESSES = ['WET', 'SLD', 'FCD'] as const;

/** What a tailings status means for the facility's own status; the two must agree. */
export const STATUS_OF_TAILINGS: Readonly<Record<(typeof TAILINGS_STATUSES)[number], FacilityStatus>> = {
  CON: 'build',
  OPT: 'operate',
  CAM: 'suspend',
  CLT: 'close',
  CLA: 'closed',
  CLP: 'closed',
};

export const FACILITY_TYPE_TERMS: readonly Term[] = [
  term('PIT', '露天采场', 'Open pit'),
  term('UGS', '地下开采塌陷区', 'Subsidence area'),
  term('WRD', '排土场/废石场', 'Waste rock dump'),
  term('TSF', '尾矿库', 'Tailings storage facility'),
  term('RMY', '赤泥堆场', 'Red-mud yard'),
  term('STK', '矿石堆场', 'Ore stockpile'),
  term('TSS', '表土堆场', 'Topsoil stockpile'),
  term('IND', '工业广场', 'Industrial site'),
  term('ROAD', '道路/管线', 'Road or pipeline'),
  term('BOR', '取土场', 'Borrow pit'),
  term('WAT', '水工设施', 'Water works'),
  term('CAMP', '生活区', 'Camp'),
  term('EXP', '勘探', 'Exploration'),
  term('OTH', '其他', 'Other'),
];

export const FACILITY_STATUS_TERMS: readonly Term[] = [
  term('build', '在建', 'Under construction'),
  term('operate', '运行', 'Operating'),
  term('suspend', '停用', 'Care and maintenance'),
  term('close', '闭库/封场中', 'Closing'),
  term('closed', '已闭库/封场', 'Closed'),
];

export const TAILINGS_STATUS_TERMS: readonly Term[] = [
  term('CON', '在建', 'Construction'),
  term('OPT', '运行', 'Operation'),
  term('CAM', '停用维护', 'Care and maintenance'),
  term('CLT', '闭库过渡', 'Closure transition'),
  term('CLA', '闭库后主动维护', 'Active closure'),
  term('CLP', '闭库后被动维护', 'Passive closure'),
];

export const CONSEQUENCE_TERMS: readonly Term[] = [
  term('LOW', '低', 'Low'),
  term('SIG', '显著', 'Significant'),
  term('HIG', '高', 'High'),
  term('VHIG', '很高', 'Very high'),
  term('EXT', '极端', 'Extreme'),
  term('NRT', '未评级', 'Not rated'),
];

export const TAILINGS_TYPE_TERMS: readonly Term[] = [
  term('conventional', '常规尾矿库', 'Conventional'),
  term('dry_stacking', '干堆', 'Dry stacking'),
  term('pit', '采坑回填', 'In-pit'),
  term('lake', '湖泊', 'Lake'),
  term('other', '其他', 'Other'),
];

export const RAISE_METHOD_TERMS: readonly Term[] = [
  term('UP', '上游式', 'Upstream'),
  term('CL', '中线式', 'Centreline'),
  term('DN', '下游式', 'Downstream'),
  term('ONE', '一次建坝', 'Single stage'),
];

export const DISCHARGE_TERMS: readonly Term[] = [term('WET', '湿排', 'Wet'), term('DRY', '干堆', 'Dry')];

export const GRADE_TERMS: readonly Term[] = [
  term('1', '一等', 'Grade 1 (most severe)'),
  term('2', '二等', 'Grade 2'),
  term('3', '三等', 'Grade 3'),
  term('4', '四等', 'Grade 4'),
  term('5', '五等', 'Grade 5'),
];

export const RESIDUE_PROCESS_TERMS: readonly Term[] = [
  term('WET', '湿法', 'Wet stacking'),
  term('SLD', '浆体干法', 'Slurry dry stacking'),
  term('FCD', '滤饼干法', 'Filter-cake dry stacking'),
];
