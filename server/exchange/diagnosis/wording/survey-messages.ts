/** What can be said of places, points, areas and neighbours, and of what is to be written. */
export const SURVEY_MESSAGES = {
  'axes-swapped': { en: 'Longitude and latitude stand in the wrong order.', zh: '经度与纬度的顺序颠倒了。' },
  'coordinates-in-degrees': {
    en: 'The coordinates ({x}, {y}) are degrees, but {crs} is in metres.',
    zh: '坐标（{x}, {y}）为经纬度，而声明的 {crs} 以米为单位。',
  },
  'coordinates-in-kilometres': {
    en: 'The coordinates ({x}, {y}) are kilometres, it seems: as metres they lie nowhere in China.',
    zh: '坐标（{x}, {y}）似以千米为单位：按米计算不在我国境内。',
  },
  'zone-contradicts-crs': {
    en: 'The eastings ({x}) are not of the declared system {crs}; the numbers say {detected}.',
    zh: '横坐标（{x}）与声明的 {crs} 不符，按数值应为 {detected}。',
  },
  'systems-mixed': {
    en: 'The outlines are in different systems: {systems}. Divide the file.',
    zh: '图形采用不同的坐标系：{systems}，请拆分文件。',
  },
  'zones-mixed': {
    en: 'The eastings carry the numbers of several zones: {zones}. Divide the file.',
    zh: '横坐标带有多个带号：{zones}，请拆分文件。',
  },
  'row-read-otherwise': {
    en: 'The numbers of this row are of another zone or in another order than those of the others: {name} ({crs}), {order}.',
    zh: '该行坐标的带号或列序与其他行不同：{name}（{crs}），{order}。',
  },
  'row-read-by-itself': {
    en: 'This row was read by itself: {name} ({crs}), {order}.',
    zh: '该行已单独读取：{name}（{crs}），{order}。',
  },
  'crs-ambiguous': { en: 'The numbers can be read in more than one way; choose.', zh: '坐标可有多种解释，请选择。' },
  'crs-left-out': {
    en: 'The file names no coordinate system. Its numbers are read as {name} ({crs}): is that right? An older datum can be off by 100 m.',
    zh: '文件未说明坐标系，暂按 {name}（{crs}）读取，是否正确？若为旧坐标系，位置可能相差上百米。',
  },
  'crs-chosen': {
    en: '{crs} is used as chosen, whatever the file says.',
    zh: '已按选择使用 {crs}，不采用文件中的声明。',
  },
  'offset-declared': {
    en: 'The file says that its coordinates are {datum}, the offset of a web map. They are not stored as they are.',
    zh: '文件声明坐标为 {datum}（网络地图偏移坐标），不会原样入库。',
  },
  'offset-suspected': {
    en: '{plain} % of the corners lie in the mine’s land as they are, {shifted} % after the {datum} offset is taken off: they were drawn on a web map.',
    zh: '原坐标有 {plain} % 的顶点落在矿区内，去除 {datum} 偏移后为 {shifted} %：应是在网络地图上绘制的。',
  },
  'offset-unknown': {
    en: 'Was this drawn on Amap, Tencent or Baidu maps? Nothing in the file tells; taken as WGS 84/CGCS2000. They are shifted within China only.',
    zh: '是否在高德、腾讯或百度地图上绘制？文件未说明，暂按 WGS 84/CGCS2000 处理。这类地图仅在中国境内有偏移。',
  },
  'offset-removed': { en: 'The {datum} offset was taken off.', zh: '已去除 {datum} 偏移。' },
  'far-from-mine': {
    en: 'None of the rows comes near the mine; the nearest is {distanceKm} km away.',
    zh: '所有地块都远离矿区，最近的也有 {distanceKm} 千米。',
  },
  'outside-licence': {
    en: '{areaM2} m² lie outside of licence, surface right and responsibility range.',
    zh: '有 {areaM2} m² 位于采矿许可证、用地范围和复垦责任范围之外。',
  },
  'point-twice': { en: 'Two points in a row are at one place.', zh: '相邻两点重合。' },
  'point-name-twice': { en: 'A point number stands at two places.', zh: '同一点号出现在两处。' },
  'point-numbers-missing': { en: '{count} point numbers are left out.', zh: '点号不连续，缺 {count} 个。' },
  'closing-gap': {
    en: 'The last point is {gapM} m from the first; the ring was closed across the gap.',
    zh: '末点与首点相距 {gapM} 米，已跨间隙闭合。',
  },
  'closing-gap-closed': {
    en: 'The last point, {gapM} m from the first, was taken for it.',
    zh: '与首点相距 {gapM} 米的末点已并入首点。',
  },
  'outline-repaired': {
    en: 'The outline was repaired: crossing edges are cut apart. Check the shape on the map.',
    zh: '图形已修复：相交的边已拆分，请在地图上核对。',
  },
  'area-differs': {
    en: 'The file states {declaredM2} m², the outline has {computedM2} m² ({percent} %; in the plane {planeM2} m²).',
    zh: '声明面积 {declaredM2} m²，图形椭球面积 {computedM2} m²（相差 {percent} %，平面面积 {planeM2} m²）。',
  },
  'area-unit-differs': {
    en: 'The file states {declaredM2} m², the outline has {computedM2} m² (in the plane {planeM2} m², {percent} %): the unit is probably {unit}.',
    zh: '声明面积 {declaredM2} m²，图形椭球面积 {computedM2} m²（平面 {planeM2} m²，{percent} %）：单位很可能是 {unit}。',
  },
  'row-twice': { en: 'The outline is the same as that of row {other}.', zh: '图形与第 {other} 行相同。' },
  'rows-overlap': { en: '{areaM2} m² lie on row {other} as well.', zh: '与第 {other} 行重叠 {areaM2} m²。' },
  'rows-overlap-many': { en: '{count} pairs of rows overlap.', zh: '共有 {count} 对地块重叠。' },
  'overlaps-not-checked': {
    en: 'The rows are too entangled to be checked for overlaps.',
    zh: '地块交错过多，未能全部检查重叠。',
  },
  'gap-between-rows': {
    en: 'A gap of {areaM2} m², {widthM} m wide on average, lies between this row and row {other}.',
    zh: '与第 {other} 行之间有缝隙，面积 {areaM2} m²，平均宽 {widthM} 米。',
  },
  'gap-to-licence': {
    en: 'A gap of {areaM2} m², {widthM} m wide on average, lies between this row and the boundary of the mine.',
    zh: '与矿区边界之间有缝隙，面积 {areaM2} m²，平均宽 {widthM} 米。',
  },
  'gap-to-recorded': {
    en: 'A gap of {areaM2} m², {widthM} m wide on average, lies between this row and land that is in the ledger.',
    zh: '与台账中已有地块之间有缝隙，面积 {areaM2} m²，平均宽 {widthM} 米。',
  },
  'gap-to-recorded-filled': {
    en: 'The gap to land in the ledger, {areaM2} m² and {widthM} m wide on average, was filled.',
    zh: '与台账中已有地块之间的缝隙已填补，面积 {areaM2} m²，平均宽 {widthM} 米。',
  },
  'gaps-to-recorded-not-checked': {
    en: 'So much land is recorded around the rows that they were not checked for gaps to it.',
    zh: '地块周围台账中已有地块过多，未检查与其之间的缝隙。',
  },
  'gap-filled': {
    en: 'The gap to row {other}, {areaM2} m² and {widthM} m wide on average, was filled: it is this row’s now.',
    zh: '与第 {other} 行之间的缝隙已填补并归入本行，面积 {areaM2} m²，平均宽 {widthM} 米。',
  },
  'gap-to-licence-filled': {
    en: 'The gap to the boundary of the mine, {areaM2} m² and {widthM} m wide on average, was filled.',
    zh: '与矿区边界之间的缝隙已填补，面积 {areaM2} m²，平均宽 {widthM} 米。',
  },
  'gaps-not-checked': {
    en: 'There are too many places where rows come near each other; not all were checked for gaps.',
    zh: '相邻过近的地块太多，未能全部检查缝隙。',
  },
  'row-too-small': {
    en: 'The row has {areaM2} m²: less than a survey can tell from noise.',
    zh: '该行面积仅 {areaM2} m²，小于测量误差。',
  },
  'row-left-out': {
    en: 'The row bounds no land that could be written, and is left out.',
    zh: '该行没有围成可写入的地块，已略过。',
  },
  'row-without-outline': { en: 'The row has no outline and is left out.', zh: '该行没有图形，已略过。' },
  'stage-unknown': { en: '“{value}” is no stage; map it to one.', zh: '“{value}”不是土地阶段，请指定对应关系。' },
  'date-unknown': { en: '“{value}” is no date.', zh: '“{value}”不是日期。' },
  'scope-unknown': { en: '“{value}” is no scope; map it to one.', zh: '“{value}”不是责任范围，请指定对应关系。' },
  'value-unknown': { en: '“{value}” is not known in column {column}.', zh: '“{column}”列中的“{value}”无法识别。' },
  'rows-restate-published': {
    en: 'Rows dated under what was published as at {periods}: {count}, from {from} on. The published figures stay as they are; what these rows change will stand beside them as learnt since.',
    zh: '日期落在已发布报告期（截至 {periods}）之内的有 {count} 行，最早为 {from}。已发布的数据保持不变，这些行带来的变化将作为发布后的更正列在旁边。',
  },
  'mapping-incomplete': {
    en: 'Stage and date are needed for every row: choose a column or one value for all.',
    zh: '每一行都需要阶段和日期：请选择对应的列或统一取值。',
  },
} as const;
