/** Both wordings of a code; `{name}` stands for a param. */
export interface IssueMessage {
  readonly en: string;
  readonly zh: string;
}

/** What every code of the geometry and coordinate checks says, and of the silent repairs. Server and client share it. */
export const ISSUE_MESSAGES: Readonly<Record<string, IssueMessage>> = {
  'geometry-empty': { en: 'The geometry is empty.', zh: '图形为空。' },
  'geometry-not-polygonal': { en: 'A polygon is needed here, not {type}.', zh: '此处需要面状图形，而不是 {type}。' },
  'part-empty': { en: 'A part of the geometry is empty.', zh: '图形中有一个空的部分。' },
  'too-many-vertices': {
    en: 'The geometry has {count} vertices; {limit} are allowed.',
    zh: '图形有 {count} 个顶点，超过上限 {limit} 个。',
  },
  'geometry-too-complex': {
    en: 'Too many edges lie across each other to be checked; divide the geometry.',
    zh: '图形边线过于密集交错，无法检查，请拆分图形。',
  },
  'position-not-finite': { en: 'A coordinate is missing or not a number.', zh: '有坐标缺失或不是数字。' },
  'position-out-of-world': {
    en: 'The position {lng}, {lat} does not exist: longitude −180 to 180, latitude −90 to 90.',
    zh: '坐标 {lng}, {lat} 不存在：经度应在 −180 至 180 之间，纬度应在 −90 至 90 之间。',
  },
  'coordinates-in-metres': {
    en: 'The coordinates ({x}, {y}) are metres of a projection, not degrees; name their coordinate system.',
    zh: '坐标（{x}, {y}）是投影坐标（米），不是经纬度；请指明其坐标系。',
  },
  'coordinates-swapped': {
    en: 'Longitude and latitude seem to be swapped ({lng}, {lat}).',
    zh: '经度和纬度似乎颠倒了（{lng}, {lat}）。',
  },
  'far-from-expected': {
    en: 'The geometry lies far from where it is expected ({lng}, {lat}).',
    zh: '图形远离预期位置（{lng}, {lat}）。',
  },
  'crosses-date-line': {
    en: 'The polygon crosses the 180° meridian; cut it there into two parts.',
    zh: '图形跨越 180° 经线，请在该经线处将其分成两部分。',
  },
  'ring-too-short': {
    en: 'A ring needs at least three different points; this one has {count}.',
    zh: '环至少需要三个不同的点，此环只有 {count} 个。',
  },
  'ring-not-closed': { en: 'The ring does not end where it begins.', zh: '环没有闭合：终点与起点不同。' },
  'repeated-points': { en: '{count} points repeat the one before.', zh: '有 {count} 个点与前一点重复。' },
  'ring-crosses-itself': { en: 'The boundary crosses itself here.', zh: '边界在此处自相交。' },
  'ring-touches-itself': { en: 'The boundary touches itself here.', zh: '边界在此处自相接触。' },
  'ring-retraces-itself': {
    en: 'The boundary runs back along itself here (a spike or a line without area).',
    zh: '边界在此处原路折回（尖刺或无面积的线）。',
  },
  'hole-outside-shell': { en: 'The hole lies outside of its polygon.', zh: '内环（洞）位于外环之外。' },
  'hole-crosses-shell': { en: 'The hole crosses the outer boundary here.', zh: '内环（洞）在此处与外环相交。' },
  'holes-overlap': { en: 'Two holes overlap here.', zh: '两个内环（洞）在此处重叠。' },
  'rings-share-edge': {
    en: 'Two rings of the polygon share an edge here.',
    zh: '同一多边形的两个环在此处共边。',
  },
  'interior-disconnected': {
    en: 'Holes cut the polygon in two here; make two parts of it.',
    zh: '内环（洞）在此处将多边形分割成两块，请拆分为两个部分。',
  },
  'parts-overlap': { en: 'Two parts of the geometry overlap here.', zh: '图形的两个部分在此处重叠。' },
  'parts-share-edge': {
    en: 'Two parts of the geometry share an edge here; join them.',
    zh: '图形的两个部分在此处共边，请合并。',
  },
  'crs-unreadable': { en: 'The coordinate system cannot be read: {crs}', zh: '无法识别坐标系定义：{crs}' },
  'crs-unsupported': { en: 'The coordinate system {crs} is not supported.', zh: '不支持坐标系 {crs}。' },
  'crs-datum-parameters-required': {
    en: '{crs} needs datum parameters to WGS 84, which are local: give 3 or 7 of them.',
    zh: '{crs} 需要当地的基准转换参数（三参数或七参数），请提供。',
  },
  'position-outside-crs': {
    en: 'The position {position} has no place in {crs}.',
    zh: '坐标 {position} 超出 {crs} 的适用范围。',
  },
  'coordinates-not-recognised': {
    en: 'The numbers are neither degrees nor Gauss-Kruger coordinates of China.',
    zh: '坐标数值既不是经纬度，也不是我国的高斯—克吕格坐标。',
  },
  'central-meridian-needed': {
    en: 'The easting carries no zone number: state the central meridian.',
    zh: '横坐标（Y）不带带号，请指明中央经线。',
  },
  'columns-swapped': {
    en: 'The first column is the easting; X (northing) was expected there.',
    zh: '第一列是横坐标（Y），与"先 X 后 Y"的习惯相反。',
  },
  'zone-mismatch': {
    en: 'The file declares zone {declared}, its eastings carry zone {detected}.',
    zh: '文件声明的带号为 {declared}，而横坐标的带号为 {detected}。',
  },
  'zone-is-width': {
    en: 'The declared zone {declared} is the zone width; the eastings carry zone {detected}.',
    zh: '声明的带号 {declared} 实为分带度数；横坐标的带号为 {detected}。',
  },
  'zone-width-mismatch': {
    en: 'The file declares {declared}-degree zones, its eastings those of {detected} degrees.',
    zh: '文件声明为 {declared} 度分带，而横坐标为 {detected} 度分带。',
  },
  'zone-from-prefix': {
    en: 'The eastings carry the prefix of {widthDeg}-degree zone {zone}.',
    zh: '横坐标带有 {widthDeg} 度分带第 {zone} 带的带号。',
  },
  'zone-declared': { en: 'The file declares zone {zone}.', zh: '文件声明带号为 {zone}。' },
  'meridian-declared': { en: 'The central meridian {meridian}° is given.', zh: '已给定中央经线 {meridian}°。' },
  'meridian-by-place': {
    en: 'Central meridian {meridian}° leads to the expected place.',
    zh: '按中央经线 {meridian}° 计算落在预期位置。',
  },
  'far-from-meridian': {
    en: 'Longitude {lng}° is far from the central meridian {meridian}° of the zone.',
    zh: '经度 {lng}° 远离该带的中央经线 {meridian}°。',
  },
  'at-expected-place': { en: 'It leads to the expected place.', zh: '落在预期位置。' },
  'away-from-expected-place': { en: 'It leads away from the expected place.', zh: '偏离预期位置。' },
  'may-be-packed-dms': {
    en: 'The digits may be degrees, minutes and seconds written together.',
    zh: '数字可能是"度.分秒"格式。',
  },
  'may-be-run-dms': {
    en: 'The numbers may be degrees, minutes and seconds run together (1203045.67 for 120°30′45.67″), or metres.',
    zh: '数字可能是连写的度分秒（1203045.67 表示 120°30′45.67″），也可能以米为单位。',
  },
  'wkb-truncated': { en: 'The geometry data ends too early.', zh: '图形数据不完整。' },
  'wkb-unsupported': { en: 'Geometry of type {type} is not supported.', zh: '不支持类型为 {type} 的图形。' },
  'dropped-z': { en: 'Heights were dropped from the coordinates.', zh: '已去除坐标中的高程。' },
  'closed-ring': { en: 'An open ring was closed.', zh: '已闭合未闭合的环。' },
  'removed-repeated-points': { en: 'Repeated points were removed.', zh: '已删除重复点。' },
  'rewound-ring': { en: 'A ring wound the wrong way was turned round.', zh: '已纠正环的方向。' },
  'snapped-coordinates': {
    en: 'Coordinates were rounded to 1e-9 degrees (0.1 mm).',
    zh: '坐标已取整到 1e-9 度（0.1 毫米）。',
  },
};

/** The sentence of a code in both languages with its params filled in; an unknown code says itself. */
export function issueMessage(code: string, params: Readonly<Record<string, unknown>> = {}): IssueMessage {
  const message = ISSUE_MESSAGES[code] ?? { en: code, zh: code };
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = params[name];
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      return value === undefined || value === null ? placeholder : JSON.stringify(value);
    });
  return { en: fill(message.en), zh: fill(message.zh) };
}
