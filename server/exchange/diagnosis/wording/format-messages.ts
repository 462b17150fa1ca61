/** What can be said by one format: lines of a survey text, parts of a Shapefile, entities of a drawing. */
export const FORMAT_MESSAGES = {
  'no-boundary-points': {
    en: 'No boundary points (点号,圈号,X,Y) were found.',
    zh: '没有找到界址点（点号,圈号,X,Y）。',
  },
  'line-passed-over': {
    en: 'Line {line} holds no coordinates and was passed over: {text}',
    zh: '第 {line} 行没有坐标，已略过：{text}',
  },
  'line-unreadable': { en: 'Line {line} cannot be read: {text}', zh: '第 {line} 行无法识别：{text}' },
  'line-damaged': {
    en: 'Characters of line {line} are lost, and with them perhaps a field: {text}',
    zh: '第 {line} 行有无法解码的字符，字段可能因此错位：{text}',
  },
  'header-differs': {
    en: 'Line {line} says {name}={value}, but the file began with {name}={first}. Divide the file.',
    zh: '第 {line} 行为“{name}={value}”，与文件开头的“{name}={first}”不一致，请拆分文件。',
  },
  'plot-kind-unknown': {
    en: 'The head of the plot (line {line}) says neither area nor line nor point but “{kind}”: a field may be missing or too many.',
    zh: '地块标题行（第 {line} 行）的图形属性为“{kind}”，不是点、线、面，可能多了或少了一个字段。',
  },
  'full-width-characters': {
    en: 'Full-width characters were read as ordinary ones (from line {line}).',
    zh: '全角字符已按半角读取（自第 {line} 行起）。',
  },
  'plot-head-without-at': {
    en: 'The head of a plot does not end with @ (line {line}).',
    zh: '地块标题行缺少结尾的 @（第 {line} 行）。',
  },
  'ring-number-missing': {
    en: 'Points have no ring number (from line {line}); one ring is assumed.',
    zh: '界址点缺少圈号（自第 {line} 行起），按一圈处理。',
  },
  'sections-missing': {
    en: 'The headings [属性描述] and [地块坐标] are missing.',
    zh: '缺少 [属性描述]、[地块坐标] 段落标题。',
  },
  'plot-not-area': {
    en: 'The plot is declared as {kind}, not as an area, and is left out.',
    zh: '该地块的图形属性为“{kind}”而非“面”，已略过。',
  },
  'point-count-differs': {
    en: 'The head states {stated} points, there are {count}.',
    zh: '标题行声明 {stated} 个界址点，实有 {count} 个。',
  },
  'ring-restarts': {
    en: 'The point numbers begin anew without another ring number; a new ring was taken to begin.',
    zh: '点号重新开始而圈号未变，已按新的一圈处理。',
  },
  'closing-point-broken': {
    en: 'The closing point has X ({value}) written in the place of Y; the first point was taken.',
    zh: '闭合点的 Y 被写成了 X（{value}），已按首点闭合。',
  },
  'datum-needs-parameters': {
    en: '{datum} needs 3 or 7 local parameters to CGCS2000; ask the survey office.',
    zh: '{datum} 转换到 2000 国家大地坐标系需要当地三参数或七参数。',
  },
  'shx-missing': { en: 'The .shx is missing; it was not needed.', zh: '缺少 .shx，读取时不需要。' },
  'dbf-missing': { en: 'The .dbf is missing: the rows have no attributes.', zh: '缺少 .dbf：各行没有属性。' },
  'prj-missing': {
    en: 'The .prj is missing: the coordinate system is found out from the numbers.',
    zh: '缺少 .prj：坐标系将由数值判断。',
  },
  'rows-deleted': {
    en: '{count} rows are marked as deleted in the .dbf and were left out.',
    zh: '.dbf 中有 {count} 行已标记删除，未读取。',
  },
  'attributes-unreadable': { en: 'The .dbf cannot be read.', zh: '.dbf 无法读取。' },
  'attributes-fewer': {
    en: 'The .dbf has {rows} rows for {shapes} shapes.',
    zh: '.dbf 只有 {rows} 行，而图形有 {shapes} 个。',
  },
  'shapefile-damaged': {
    en: 'The Shapefile is damaged at record {record}.',
    zh: 'Shapefile 在第 {record} 条记录处损坏。',
  },
  'shape-type-not-polygon': {
    en: 'The Shapefile holds {type}, not polygons.',
    zh: 'Shapefile 的类型为 {type}，不是面。',
  },
  'geopackage-damaged': { en: 'The GeoPackage cannot be read: {reason}', zh: 'GeoPackage 无法读取：{reason}' },
  'geopackage-without-polygons': {
    en: 'None of the {layers} layers of the GeoPackage holds polygons.',
    zh: 'GeoPackage 的 {layers} 个图层中没有面图层。',
  },
  'geometry-unreadable': { en: 'The geometry of the row cannot be read.', zh: '该行的图形无法读取。' },
  'json-invalid': {
    en: 'The file is not valid JSON, line {line}: … {near} …',
    zh: 'JSON 格式有误，第 {line} 行：… {near} …',
  },
  'json-not-geojson': {
    en: 'The file is JSON but not GeoJSON (type {type}).',
    zh: '该 JSON 不是 GeoJSON（type 为 {type}）。',
  },
  'geojson-type-case': {
    en: 'The type is written {found}; it is read as {expected}.',
    zh: 'type 写作 {found}，已按 {expected} 读取。',
  },
  'geojson-features-missing': {
    en: 'The FeatureCollection has no list "features".',
    zh: 'FeatureCollection 缺少 features 数组。',
  },
  'geojson-feature-invalid': { en: 'The row is no Feature ({found}).', zh: '该行不是 Feature（{found}）。' },
  'geojson-properties-invalid': {
    en: 'The properties of the row are no object and are left out.',
    zh: '该行的 properties 不是对象，已略过。',
  },
  'geojson-geometry-invalid': {
    en: 'The geometry of the row is none ({found}).',
    zh: '该行的 geometry 无效（{found}）。',
  },
  'geojson-coordinates-invalid': {
    en: 'The coordinates of the {type} are not rings of number pairs.',
    zh: '{type} 的坐标不是由数字对构成的环。',
  },
  'geojson-crs-unread': {
    en: 'The member "crs" of the file gives no name that could be read; the coordinates are taken as WGS 84.',
    zh: '文件的 crs 成员没有可识别的名称，暂按 WGS 84 读取。',
  },
  'kml-links-left': {
    en: 'The KML also holds {count} links to other files; those were not read.',
    zh: 'KML 中还有 {count} 个指向其他文件的链接，未读取。',
  },
  'kml-missing': { en: 'The KMZ holds no KML.', zh: 'KMZ 中没有 KML 文件。' },
  'kml-only-links': { en: 'The KML holds links to other files only.', zh: 'KML 中只有指向其他文件的链接。' },
  'kml-without-placemarks': { en: 'The KML holds no placemarks.', zh: 'KML 中没有地标。' },
  'xml-doctype': {
    en: 'The file defines document types or entities; such files are refused.',
    zh: '文件含有 DOCTYPE 或实体定义，已拒绝读取。',
  },
  'xml-too-deep': { en: 'The elements are nested more than {limit} deep.', zh: 'XML 嵌套超过 {limit} 层。' },
  'xml-broken': { en: 'The XML is broken at line {line}: {reason}', zh: 'XML 在第 {line} 行有误：{reason}' },
  'xml-text-too-long': { en: 'A text in the XML is too long to be read.', zh: 'XML 中有过长的文本。' },
  'xml-unknown': { en: 'The XML is neither KML nor GPX.', zh: '该 XML 既不是 KML 也不是 GPX。' },
  'gpx-without-lines': {
    en: 'The GPX holds neither a track, nor a route, nor three waypoints.',
    zh: 'GPX 中没有航迹、航线，航点也不足三个。',
  },
  'line-taken-as-ring': { en: 'A closed line was taken for an outline.', zh: '闭合线已按面读取。' },
  'track-taken-as-ring': {
    en: 'The track {name} was taken for the outline of a plot.',
    zh: '航迹 {name} 已按地块边界读取。',
  },
  'route-taken-as-ring': {
    en: 'The route {name} was taken for the outline of a plot.',
    zh: '航线 {name} 已按地块边界读取。',
  },
  'waypoints-taken-as-ring': {
    en: 'The waypoints were taken in their order for the outline of a plot.',
    zh: '航点已按顺序连成地块边界。',
  },
  'dxf-damaged': { en: 'The drawing is damaged at line {line}.', zh: 'DXF 在第 {line} 行损坏。' },
  'dxf-blocks-endless': {
    en: 'The blocks of the drawing hold each other more than {limit} deep.',
    zh: 'DXF 图块相互嵌套超过 {limit} 层。',
  },
  'dxf-too-large': { en: 'The drawing has more than {limit} entities.', zh: 'DXF 图元超过 {limit} 个。' },
  'dxf-without-outlines': {
    en: 'The drawing holds no closed polyline, spline, circle, ellipse, hatch or chain of lines that closes.',
    zh: 'DXF 中没有闭合多段线、闭合样条、圆、椭圆、填充，也没有首尾相接成闭合图形的线段。',
  },
  'dxf-entities-skipped': {
    en: 'Entities of type {type} that were not read, for they are no closed outline: {count}.',
    zh: '{count} 个 {type} 图元不是闭合图形，未读取。',
  },
  'dxf-loose-lines': {
    en: 'Single lines and arcs that bound no land, for they meet no others round an outline: {count}.',
    zh: '{count} 条单独的直线、圆弧首尾不能连成闭合图形，未读取。',
  },
  'dxf-chain-open': {
    en: 'A chain of {count} lines on layer {layer} does not close: {gapM} m are missing here.',
    zh: '图层 {layer} 上由 {count} 条线首尾相接的边界未闭合，此处缺 {gapM} 米。',
  },
  'dxf-lines-branch': {
    en: 'On layer {layer} {count} lines hang together, and here more than two of them meet: which of them bound land cannot be told. Join each outline to a closed polyline.',
    zh: '图层 {layer} 上有 {count} 条线相连，且此处相交的线多于两条，无法判断哪些是地块边界，请分别合并为闭合多段线。',
  },
  'dxf-lines-shared': {
    en: 'On layer {layer} {count} lines are borders that neighbours share: {outlines} outlines were made, one for each piece of ground between them. Check them on the map.',
    zh: '图层 {layer} 上有 {count} 条线为相邻地块的共用边界，已按线条所围的每一块地生成 {outlines} 个图形，请在地图上核对。',
  },
  'dxf-outline-divided': {
    en: 'On layer {layer} {count} lines divide a closed outline: {outlines} outlines were made, one for each piece of ground between them. Check them on the map.',
    zh: '图层 {layer} 上有 {count} 条线分割了闭合图形，已按线条所围的每一块地生成 {outlines} 个图形，请在地图上核对。',
  },
  'dxf-outline-divided-elsewhere': {
    en: 'An outline on layer {layer} is divided by {count} lines on {others} into {outlines} pieces. It was left whole: if they are borders, put them on its layer.',
    zh: '图层 {layer} 的图形被 {others} 上的 {count} 条线分成 {outlines} 块，未予分割。如这些线是地块边界，请移到同一图层。',
  },
  'dxf-outlines-perhaps-divided': {
    en: 'Lines on {others} end on outlines of layer {layer} and may divide them; with {count} of them that was not worked out. The outlines were left whole.',
    zh: '{others} 上有 {count} 条线与图层 {layer} 的图形相接，可能将其分割；数量过多，未逐一判断，图形保持完整。',
  },
  'dxf-layer-hidden': {
    en: 'Layer {layer} is frozen or off: its outlines ({count}) are left out.',
    zh: '图层 {layer} 已冻结或关闭，其 {count} 个图形未读取。',
  },
  'dxf-layers-left-out': {
    en: 'All layers with outlines are left out. Take one.',
    zh: '所有含图形的图层都已略过，请至少选择一个图层。',
  },
  'dxf-open-lines': { en: '{count} polylines are open and were passed over.', zh: '{count} 条多段线未闭合，已略过。' },
  'dxf-block-missing': { en: 'The block {block} is used but not defined.', zh: '引用了未定义的图块 {block}。' },
  'table-broken': { en: 'The table cannot be read: {reason}', zh: '表格无法读取：{reason}' },
  'table-without-coordinates': {
    en: 'No two columns of coordinates were found in the table. They are known by headings such as X and Y, longitude and latitude, easting and northing; outlines may stand in one column as WKT or GeoJSON.',
    zh: '表格中没有找到两列坐标。请使用“X、Y”“经度、纬度”“纵坐标、横坐标”等列名；图形也可以 WKT 或 GeoJSON 写在一列中。',
  },
  'columns-guessed': {
    en: 'No heading names coordinates (X and Y, longitude and latitude, easting and northing, or outlines as WKT or GeoJSON). The columns {columns} were taken for them by their numbers.',
    zh: '没有表示坐标的列名（X、Y，经度、纬度，纵坐标、横坐标，或写作 WKT、GeoJSON 的图形），已按数值将 {columns} 列当作坐标。',
  },
  'column-name-twice': {
    en: 'Several columns are called {name}: column {taken} keeps the name, {left} is read under the name with a number.',
    zh: '有多列同名为“{name}”：{taken} 列保留该名称，{left} 列的名称后加序号读取。',
  },
  'coordinates-twice': {
    en: 'Several columns of coordinates are called {name}: column {taken} was taken, {left} was not read.',
    zh: '有多列坐标同名为“{name}”：已采用 {taken} 列，未读取 {left} 列。',
  },
  'sheets-together': {
    en: '{count} sheets hold coordinates and were read together, each plot by the name of its sheet: {names}.',
    zh: '{count} 个工作表含有坐标，已全部读取，地块以工作表名命名：{names}。',
  },
  'sheets-hidden': {
    en: 'Hidden sheets with coordinates were left out: {names}.',
    zh: '已略过隐藏的工作表：{names}。',
  },
  'sheets-too-many': {
    en: 'The workbook has {count} sheets; the first {limit} were read.',
    zh: '工作簿有 {count} 个工作表，仅读取前 {limit} 个。',
  },
  'rows-hidden': {
    en: '{count} hidden rows were read like the others.',
    zh: '有 {count} 个隐藏行，已与其他行一样读取。',
  },
  'formulas-without-result': {
    en: 'Cells with a formula whose result is not in the file: {count}, the first of them {cell}. Open the workbook in a spreadsheet program, save it and send it again.',
    zh: '有 {count} 个单元格只有公式而没有计算结果，首个为 {cell}。请用电子表格软件打开并保存后重新上传。',
  },
  'xlsx-damaged': { en: 'The workbook cannot be read.', zh: '工作簿无法读取。' },
  'xlsx-too-many-strings': { en: 'The workbook holds more than {limit} texts.', zh: '工作簿中的文本超过 {limit} 条。' },
  'empty-rows': { en: '{count} empty rows were passed over.', zh: '已略过 {count} 个空行。' },
} as const;
