/** What can be said of a file as a whole: its kind, its encoding, its parts. */
export const FILE_MESSAGES = {
  'file-empty': { en: 'The file is empty.', zh: '文件为空。' },
  'not-text': {
    en: 'The file is neither a known survey format nor text.',
    zh: '该文件既不是已知的测绘数据格式，也不是文本。',
  },
  'not-a-shapefile': {
    en: 'The file is called .shp but is no Shapefile.',
    zh: '文件扩展名为 .shp，但内容不是 Shapefile。',
  },
  'text-too-large': {
    en: 'The text is larger than {limitBytes} bytes; send it as GeoPackage or Shapefile.',
    zh: '文本超过 {limitBytes} 字节上限，请改用 GeoPackage 或 Shapefile。',
  },
  'reading-too-slow': {
    en: 'Reading took longer than {limitMs} ms and was stopped.',
    zh: '读取超过 {limitMs} 毫秒，已停止。',
  },
  'reading-too-large': {
    en: 'The file needs more memory than it may have; divide it.',
    zh: '读取该文件所需内存超过上限，请拆分文件。',
  },
  'encoding-unknown': { en: 'The encoding {encoding} is not known.', zh: '未知的文字编码 {encoding}。' },
  'encoding-mark-wrong': {
    en: 'The file begins with the mark of UTF-8, but is not UTF-8; the mark was passed over.',
    zh: '文件以 UTF-8 标记（BOM）开头，但内容并非 UTF-8，已忽略该标记。',
  },
  'encoding-mixed': {
    en: 'The lines are in different encodings: line {utf8Line} is UTF-8, line {gbLine} is GBK.',
    zh: '各行文字编码不一致：第 {utf8Line} 行为 UTF-8，第 {gbLine} 行为 GBK。',
  },
  'encoding-damaged': { en: 'Some characters cannot be read as {encoding}.', zh: '部分字符无法按 {encoding} 解码。' },
  'encoding-declared-wrong': {
    en: 'The .cpg says {declared}, but the table is not; {used} was used.',
    zh: '.cpg 声明为 {declared}，但属性表并非该编码，已按 {used} 读取。',
  },
  'archive-damaged': { en: 'The archive cannot be opened: {reason}', zh: '压缩包无法打开：{reason}' },
  'archive-too-many-entries': {
    en: 'The archive holds {count} files; {limit} are allowed.',
    zh: '压缩包内有 {count} 个文件，超过上限 {limit} 个。',
  },
  'archive-too-large': {
    en: '{name} in the archive unpacks to more than {limitBytes} bytes.',
    zh: '压缩包中的 {name} 解压后超过 {limitBytes} 字节。',
  },
  'archive-too-large-together': {
    en: 'The files in the archive unpack to more than {limitBytes} bytes together.',
    zh: '压缩包中的文件解压后总计超过 {limitBytes} 字节。',
  },
  'archive-path-unsafe': {
    en: 'The archive names a place outside of itself: {name}',
    zh: '压缩包中含有越界路径：{name}',
  },
  'archive-encrypted': { en: '{name} in the archive is encrypted.', zh: '压缩包中的 {name} 已加密。' },
  'archive-nested': {
    en: 'The archive {name} inside of the archive was not opened.',
    zh: '压缩包内的压缩包 {name} 未打开。',
  },
  'archive-without-survey': {
    en: 'The archive holds no file of a format that can be read.',
    zh: '压缩包中没有可读取的数据文件。',
  },
  'archive-many-files': {
    en: 'The archive holds {count} files of data; {used} was read.',
    zh: '压缩包中有 {count} 个数据文件，已读取 {used}。',
  },
  'file-has-layers': {
    en: 'The file holds {count} layers; {used} was read.',
    zh: '文件中有 {count} 个图层（工作表），已读取 {used}。',
  },
  'dwg-not-read': { en: 'DWG cannot be read: save the drawing as DXF.', zh: '不支持 DWG，请另存为 DXF。' },
  'dxf-binary': {
    en: 'Binary DXF cannot be read: save the drawing as ASCII DXF.',
    zh: '不支持二进制 DXF，请另存为 ASCII DXF。',
  },
  'xls-old': {
    en: 'This is an old Excel file: save it as .xlsx or CSV.',
    zh: '这是旧版 Excel 文件，请另存为 .xlsx 或 CSV。',
  },
  'xlsb-not-read': {
    en: 'A binary workbook (.xlsb) cannot be read: save it as .xlsx or CSV.',
    zh: '不支持二进制工作簿（.xlsb），请另存为 .xlsx 或 CSV。',
  },
  'ods-not-read': {
    en: 'OpenDocument spreadsheets cannot be read: save it as .xlsx or CSV.',
    zh: '不支持 OpenDocument 表格（.ods），请另存为 .xlsx 或 CSV。',
  },
  'document-not-read': {
    en: 'This is a text document or a presentation: copy the table into a workbook and save that as .xlsx.',
    zh: '这是文档或演示文稿，请将表格复制到工作簿并另存为 .xlsx。',
  },
  'gdb-not-read': {
    en: 'File geodatabases cannot be read: export the layer as GeoPackage or Shapefile.',
    zh: '不支持文件地理数据库（.gdb），请导出为 GeoPackage 或 Shapefile。',
  },
  'mapinfo-not-read': {
    en: 'MapInfo files cannot be read: export them as Shapefile or GeoPackage.',
    zh: '不支持 MapInfo 文件，请导出为 Shapefile 或 GeoPackage。',
  },
  'html-not-read': {
    en: 'This is a web page, whatever it is called: open it in a spreadsheet and save it as .xlsx or CSV.',
    zh: '该文件实际为网页，请用表格软件打开后另存为 .xlsx 或 CSV。',
  },
  'rar-not-read': { en: 'RAR and 7z archives are not opened: pack as ZIP.', zh: '不支持 RAR 和 7z，请改用 ZIP 压缩。' },
  'pdf-not-read': { en: 'A PDF holds no coordinates that can be read reliably.', zh: '无法从 PDF 中可靠地读取坐标。' },
  'imported-before': {
    en: 'This file was written to the ledger on {on} ({written} rows, import {id}).',
    zh: '该文件已于 {on} 写入台账（{written} 行，导入编号 {id}）。',
  },
  'outlines-imported-before': {
    en: 'As many outlines with the same extent and area were written to the ledger on {on}, from {name} ({written} rows, import {id}). Check that this is not the same survey in another file.',
    zh: '数量、范围和面积都相同的图形已于 {on} 由文件 {name} 写入台账（{written} 行，导入编号 {id}），请核对是否为同一成果的另一份文件。',
  },
  'rows-not-shown': {
    en: 'The map shows the first {shown} of {total} rows; all are checked and written.',
    zh: '地图仅显示前 {shown} 行（共 {total} 行），全部行都会检查和写入。',
  },
  'more-of-code': { en: '{count} more findings of the same kind ({code}).', zh: '另有 {count} 条同类问题（{code}）。' },
  'too-many-rows': { en: 'The file has more than {limit} rows.', zh: '文件超过 {limit} 行的上限。' },
  'no-rows-chosen': {
    en: 'None of the chosen rows could be written.',
    zh: '所选的行中没有可写入的图形。',
  },
  'no-rows': { en: 'The file holds no outline that could be written.', zh: '文件中没有可写入的面状图形。' },
} as const;
