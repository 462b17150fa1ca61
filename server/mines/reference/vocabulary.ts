/** Code lists of mines and boundaries. Codes are stored and exchanged; names are for people. */
export interface Term {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

const term = (code: string, nameZh: string, nameEn: string): Term => ({ code, nameZh, nameEn });

export const MINE_METHODS = ['open', 'underground', 'both'] as const;
export const MINE_STATUSES = ['build', 'operate', 'suspend', 'close', 'closed'] as const;
export const BOUNDARY_KINDS = [
  'LICENCE',
  'RESP',
  'RECLZONE',
  'APPRLIM',
  'SURFRIGHT',
  'PROJECT',
  'ECO',
  'NR',
  'PBF',
] as const;

export const METHOD_TERMS: readonly Term[] = [
  term('open', '露天开采', 'Open pit'),
  term('underground', '地下开采', 'Underground'),
  term('both', '露天与地下', 'Open pit and underground'),
];

export const STATUS_TERMS: readonly Term[] = [
  term('build', '基建', 'Under construction'),
  term('operate', '生产', 'Operating'),
  term('suspend', '停产', 'Suspended'),
  term('close', '闭坑中', 'Closing'),
  term('closed', '已闭坑', 'Closed'),
];

export const BOUNDARY_TERMS: readonly Term[] = [
  term('LICENCE', '采矿许可证矿区范围', 'Mining licence'),
  term('RESP', '复垦责任范围', 'Reclamation responsibility range'),
  term('RECLZONE', '复垦区', 'Reclamation zone'),
  term('APPRLIM', '批准扰动上限', 'Approved disturbance limit'),
  term('SURFRIGHT', '用地范围', 'Surface right'),
  term('PROJECT', '项目区', 'Project area'),
  term('ECO', '生态保护红线', 'Ecological conservation redline'),
  term('NR', '自然保护地', 'Nature reserve'),
  term('PBF', '永久基本农田', 'Permanent basic farmland'),
];

export const MINERAL_TERMS: readonly Term[] = [
  term('bauxite', '铝土矿', 'Bauxite'),
  term('copper', '铜矿', 'Copper'),
  term('lead-zinc', '铅锌矿', 'Lead and zinc'),
  term('iron', '铁矿', 'Iron'),
  term('gold', '金矿', 'Gold'),
  term('silver', '银矿', 'Silver'),
  term('tin', '锡矿', 'Tin'),
  term('tungsten', '钨矿', 'Tungsten'),
  term('molybdenum', '钼矿', 'Molybdenum'),
  term('nickel', '镍矿', 'Nickel'),
  term('antimony', '锑矿', 'Antimony'),
  term('gallium', '镓矿', 'Gallium'),
  term('germanium', '锗矿', 'Germanium'),
  term('rare-earth', '稀土矿', 'Rare earths'),
  term('lithium', '锂矿', 'Lithium'),
  term('manganese', '锰矿', 'Manganese'),
  term('chromite', '铬铁矿', 'Chromite'),
  term('titanium', '钛矿', 'Titanium'),
  term('vanadium', '钒矿', 'Vanadium'),
  term('phosphate', '磷矿', 'Phosphate'),
  term('potash', '钾盐', 'Potash'),
  term('coal', '煤炭', 'Coal'),
  term('limestone', '石灰岩', 'Limestone'),
  term('dolomite', '白云岩', 'Dolomite'),
  term('fluorite', '萤石', 'Fluorite'),
  term('graphite', '石墨', 'Graphite'),
  term('clay', '黏土', 'Clay'),
  term('sand-gravel', '砂石', 'Sand and gravel'),
  term('other', '其他矿产', 'Other mineral'),
];

/** GB/T 2260 letter codes of the provinces. Mines elsewhere use ISO 3166-2 codes, which have no name here. */
export const PROVINCE_TERMS: readonly Term[] = [
  term('AH', '安徽', 'Anhui'),
  term('BJ', '北京', 'Beijing'),
  term('CQ', '重庆', 'Chongqing'),
  term('FJ', '福建', 'Fujian'),
  term('GD', '广东', 'Guangdong'),
  term('GS', '甘肃', 'Gansu'),
  term('GX', '广西', 'Guangxi'),
  term('GZ', '贵州', 'Guizhou'),
  term('HA', '河南', 'Henan'),
  term('HB', '湖北', 'Hubei'),
  term('HE', '河北', 'Hebei'),
  term('HI', '海南', 'Hainan'),
  term('HK', '香港', 'Hong Kong'),
  term('HL', '黑龙江', 'Heilongjiang'),
  term('HN', '湖南', 'Hunan'),
  term('JL', '吉林', 'Jilin'),
  term('JS', '江苏', 'Jiangsu'),
  term('JX', '江西', 'Jiangxi'),
  term('LN', '辽宁', 'Liaoning'),
  term('MO', '澳门', 'Macao'),
  term('NM', '内蒙古', 'Inner Mongolia'),
  term('NX', '宁夏', 'Ningxia'),
  term('QH', '青海', 'Qinghai'),
  term('SC', '四川', 'Sichuan'),
  term('SD', '山东', 'Shandong'),
  term('SH', '上海', 'Shanghai'),
  term('SN', '陕西', 'Shaanxi'),
  term('SX', '山西', 'Shanxi'),
  term('TJ', '天津', 'Tianjin'),
  term('TW', '台湾', 'Taiwan'),
  term('XJ', '新疆', 'Xinjiang'),
  term('XZ', '西藏', 'Xizang'),
  term('YN', '云南', 'Yunnan'),
  term('ZJ', '浙江', 'Zhejiang'),
];
