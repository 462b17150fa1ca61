// What can be wrong with an export, in both languages.
export const exportProblems = {
  'export-format-unsuitable': {
    status: 422,
    en: '{what} cannot be written as {format}.',
    zh: '{what} 不能导出为 {format} 格式。',
  },
  'export-of-land-only': {
    status: 422,
    en: 'The parameter {parameter} belongs to exports of land only.',
    zh: '参数 {parameter} 仅用于土地（land）导出。',
  },
  'export-of-pdf-only': {
    status: 422,
    en: 'The parameter {parameter} belongs to maps (pdf) only.',
    zh: '参数 {parameter} 仅用于地图（pdf）导出。',
  },
  'export-nothing-drawn': {
    status: 422,
    en: 'The selection holds no outline to draw on that day.',
    zh: '所选内容在该日期没有可绘制的图形。',
  },
  'export-scale-too-large': {
    status: 422,
    en: 'The selection does not fit on the paper at 1:{scale}; 1:{possible} does.',
    zh: '按 1:{scale} 所选内容超出图幅，可用 1:{possible}。',
  },
  'export-crs-unsupported': {
    status: 422,
    en: 'Exports are in EPSG:4326, EPSG:4490 or a CGCS2000 zone (EPSG:4491 to 4554), not in {crs}.',
    zh: '导出坐标系限 EPSG:4326、EPSG:4490 或 CGCS2000 高斯投影带（EPSG:4491–4554），不支持 {crs}。',
  },
  'export-crs-unsuitable': {
    status: 422,
    en: 'A {format} file cannot be in {crs}.',
    zh: '{format} 文件不能采用坐标系 {crs}。',
  },
  'export-zone-unclear': {
    status: 422,
    en: 'The selection lies in no 3-degree zone of China; name a system with crs.',
    zh: '所选范围不在中国三度带内，无法自动定带，请用 crs 指定坐标系。',
  },
  'export-outside-zone': {
    status: 422,
    en: 'Longitude {lng} is too far from the central meridian {centralMeridian} of {crs}; choose fewer mines or another system.',
    zh: '经度 {lng} 距 {crs} 的中央子午线 {centralMeridian} 过远，请减少所选矿山或改用其他坐标系。',
  },
  'export-encoding-unsuitable': {
    status: 422,
    en: 'A {format} file is written in {possible}, not in {encoding}.',
    zh: '{format} 文件可用编码为 {possible}，不支持 {encoding}。',
  },
  'export-encoding-lossy': {
    status: 422,
    en: 'The encoding {encoding} has no character “{character}”; choose another one.',
    zh: '编码 {encoding} 中没有字符“{character}”，请改用其他编码。',
  },
  'export-too-large': {
    status: 413,
    en: 'The selection is larger than one file may be ({limit}); choose fewer mines.',
    zh: '所选内容超过单个文件上限（{limit}），请减少所选矿山。',
  },
  'export-busy': {
    status: 503,
    en: 'Too many exports are waiting; try again in a minute.',
    zh: '等待中的导出过多，请一分钟后再试。',
  },
} as const;
