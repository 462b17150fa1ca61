/** Code lists of habitats and species. Habitat codes are those of the IUCN scheme (copy of 2015; numbering to be checked against the current one). */
interface Term {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

const term = (code: string, nameZh: string, nameEn: string): Term => ({ code, nameZh, nameEn });

export const HABITAT_USES = ['BREED', 'FORAGE', 'ROOST', 'STOPOVER', 'CORRIDOR', 'WINTER'] as const;
export const BASES_OF_RECORD = [
  'HumanObservation',
  'MachineObservation',
  'PreservedSpecimen',
  'LivingSpecimen',
  'FossilSpecimen',
  'MaterialSample',
  'MaterialCitation',
  'Occurrence',
] as const;
export const OCCURRENCE_STATUSES = ['detected', 'notDetected'] as const;
export const SURVEY_TYPES = [
  'siteVisit',
  'transect',
  'pointCount',
  'cameraTrapDeployment',
  'plot',
  'photoPoint',
  'habitatMapping',
] as const;

export const HABITAT_USE_TERMS: readonly Term[] = [
  term('BREED', '繁殖', 'Breeding'),
  term('FORAGE', '觅食', 'Foraging'),
  term('ROOST', '夜栖', 'Roosting'),
  term('STOPOVER', '迁徙停歇', 'Stopover'),
  term('CORRIDOR', '迁移廊道', 'Corridor'),
  term('WINTER', '越冬', 'Wintering'),
];

export const HABITAT_TERMS: readonly Term[] = [
  term('1.4', '温带森林', 'Forest - Temperate'),
  term('1.5', '亚热带/热带干旱林', 'Forest - Subtropical/Tropical Dry'),
  term('1.6', '亚热带/热带湿润低地林', 'Forest - Subtropical/Tropical Moist Lowland'),
  term('1.9', '亚热带/热带湿润山地林', 'Forest - Subtropical/Tropical Moist Montane'),
  term('3.4', '温带灌丛', 'Shrubland - Temperate'),
  term('3.5', '亚热带/热带干旱灌丛', 'Shrubland - Subtropical/Tropical Dry'),
  term('3.6', '亚热带/热带湿润灌丛', 'Shrubland - Subtropical/Tropical Moist'),
  term('3.7', '亚热带/热带高海拔灌丛', 'Shrubland - Subtropical/Tropical High Altitude'),
  term('4.4', '温带草地', 'Grassland - Temperate'),
  term('4.5', '亚热带/热带干旱草地', 'Grassland - Subtropical/Tropical Dry'),
  term('4.7', '亚热带/热带高海拔草地', 'Grassland - Subtropical/Tropical High Altitude'),
  term('5.1', '常年河流', 'Permanent rivers and streams'),
  term('5.2', '季节性河流', 'Seasonal rivers and streams'),
  term('5.4', '沼泽', 'Bogs, marshes, swamps, fens, peatlands'),
  term('5.5', '常年淡水湖（>8 公顷）', 'Permanent freshwater lakes (over 8 ha)'),
  term('5.7', '常年淡水沼泽/池塘（<8 公顷）', 'Permanent freshwater marshes and pools (under 8 ha)'),
  term('5.11', '高山湿地', 'Alpine wetlands'),
  term('5.14', '常年咸水湖', 'Permanent saline lakes'),
  term('5.18', '喀斯特地下水系', 'Karst and other subterranean hydrological systems'),
  term('6', '岩石裸地', 'Rocky areas (inland cliffs, mountain peaks)'),
  term('7.1', '洞穴', 'Caves'),
  term('8.2', '温带荒漠', 'Desert - Temperate'),
  term('8.3', '寒漠', 'Desert - Cold'),
  term('14.1', '耕地', 'Arable land'),
  term('14.2', '牧草地', 'Pastureland'),
  term('14.3', '人工林/种植园', 'Plantations'),
  term('14.5', '城镇', 'Urban areas'),
  term('14.6', '严重退化的原森林', 'Subtropical/Tropical heavily degraded former forest'),
  term('15.1', '蓄水区', 'Water storage areas (over 8 ha)'),
  term('15.2', '池塘', 'Ponds (under 8 ha)'),
  term('15.5', '采掘场（露天）', 'Excavations (open)'),
  term('15.6', '污水处理区', 'Wastewater treatment areas'),
  term('16', '外来植被', 'Introduced vegetation'),
  term('17', '其他', 'Other'),
  term('18', '未知', 'Unknown'),
];

export const SENSITIVITY_TERMS: readonly Term[] = [
  term('0', '公开', 'Open'),
  term('1', '极敏感', 'Extremely sensitive'),
  term('2', '高度敏感', 'Highly sensitive'),
  term('3', '敏感', 'Sensitive'),
  term('4', '较敏感', 'Moderately sensitive'),
];

export const BASIS_OF_RECORD_TERMS: readonly Term[] = [
  term('HumanObservation', '人工观测', 'Human observation'),
  term('MachineObservation', '仪器观测', 'Machine observation'),
  term('PreservedSpecimen', '标本', 'Preserved specimen'),
  term('LivingSpecimen', '活体标本', 'Living specimen'),
  term('FossilSpecimen', '化石标本', 'Fossil specimen'),
  term('MaterialSample', '样品', 'Material sample'),
  term('MaterialCitation', '文献引用', 'Material citation'),
  term('Occurrence', '记录', 'Occurrence'),
];

export const SURVEY_TYPE_TERMS: readonly Term[] = [
  term('siteVisit', '现场踏勘', 'Site visit'),
  term('transect', '样线', 'Transect'),
  term('pointCount', '样点', 'Point count'),
  term('cameraTrapDeployment', '红外相机', 'Camera trap'),
  term('plot', '样方', 'Plot'),
  term('photoPoint', '定点拍照', 'Photo point'),
  term('habitatMapping', '生境制图', 'Habitat mapping'),
];

export const HABITAT_CODES = HABITAT_TERMS.map(({ code }) => code);
