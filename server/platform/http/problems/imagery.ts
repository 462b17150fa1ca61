// What can be wrong with a scene, in both languages. `{file}` is the name that the uploader gave.
export const imageryProblems = {
  'multipart-expected': {
    status: 415,
    en: 'Send the scene as multipart/form-data: GeoTIFF files and a field "metadata" with JSON.',
    zh: '请以 multipart/form-data 方式上传影像：GeoTIFF 文件及名为 metadata 的 JSON 字段。',
  },
  'multipart-broken': {
    status: 400,
    en: 'The upload broke off or is not valid multipart/form-data.',
    zh: '上传中断，或 multipart/form-data 格式有误。',
  },
  'upload-too-large': {
    status: 413,
    en: 'The upload is larger than {limitBytes} bytes.',
    zh: '上传内容超过 {limitBytes} 字节的上限。',
  },
  'upload-file-too-large': {
    status: 413,
    en: 'The file "{file}" is larger than {limitBytes} bytes.',
    zh: '文件“{file}”超过 {limitBytes} 字节的上限。',
  },
  'upload-too-many-files': {
    status: 413,
    en: 'A scene may have at most {limit} files.',
    zh: '一景影像最多包含 {limit} 个文件。',
  },
  'scene-file-missing': {
    status: 422,
    en: 'The upload holds no GeoTIFF file.',
    zh: '上传内容中没有 GeoTIFF 文件。',
  },
  'scene-file-name-invalid': {
    status: 422,
    en: 'A file name is longer than {limit} characters or holds control characters.',
    zh: '文件名超过 {limit} 个字符，或含有控制字符。',
  },
  'scene-file-twice': {
    status: 422,
    en: 'Two files of the upload are called "{file}".',
    zh: '上传内容中有两个文件同名：“{file}”。',
  },
  'scene-file-unknown': {
    status: 422,
    en: 'Band "{band}" names the file "{file}", which is not in the upload.',
    zh: '波段“{band}”引用的文件“{file}”不在上传内容中。',
  },
  'scene-file-ambiguous': {
    status: 422,
    en: 'Band "{band}" gives no file name, but the upload holds several files.',
    zh: '上传了多个文件，但波段“{band}”没有指明文件名。',
  },
  'scene-metadata-missing': {
    status: 422,
    en: 'The field "metadata" (JSON: acquiredOn, sensor, bands) is missing.',
    zh: '缺少 metadata 字段（JSON：acquiredOn、sensor、bands）。',
  },
  'scene-metadata-not-json': {
    status: 422,
    en: 'The field "metadata" is not valid JSON.',
    zh: 'metadata 字段不是有效的 JSON。',
  },
  'scene-metadata-too-large': {
    status: 413,
    en: 'The field "metadata" is longer than {limitBytes} bytes.',
    zh: 'metadata 字段超过 {limitBytes} 字节的上限。',
  },
  'scene-metadata-invalid': {
    status: 422,
    en: 'The metadata of the scene are not as described, at {fields}; "errors" says what is wrong with each.',
    zh: '影像元数据以下字段不符合要求：{fields}；各字段的问题见 errors。',
  },
  'scene-bands-insufficient': {
    status: 422,
    en: 'Nothing can be made of the bands given: red and near infrared, or red, green and blue, are the least.',
    zh: '所给波段不足：至少需要红与近红外，或红、绿、蓝波段。',
  },
  'scene-misses-mine': {
    status: 422,
    en: 'The scene does not touch mine {mineId}.',
    zh: '影像范围与矿山 {mineId} 不相交。',
  },
  'scene-not-ready': {
    status: 409,
    en: 'Scene {sceneId} is not ready yet.',
    zh: '影像 {sceneId} 尚未处理完成。',
  },
  'scene-index-unavailable': {
    status: 404,
    en: 'Scene {sceneId} lacks the bands for {index}.',
    zh: '影像 {sceneId} 缺少计算 {index} 所需的波段。',
  },
  'mask-missing': {
    status: 422,
    en: 'Mask classes are given, but no mask band.',
    zh: '给出了掩膜类别，但没有掩膜波段。',
  },
  'mask-classes-missing': {
    status: 422,
    en: 'A mask is given, but no classes to take out (maskClasses) or to keep (keepClasses).',
    zh: '给出了掩膜，但没有剔除类别（maskClasses）或保留类别（keepClasses）。',
  },
  'scene-in-future': {
    status: 422,
    en: 'The scene is dated {acquiredOn}, which has not come yet.',
    zh: '影像日期 {acquiredOn} 尚未到来。',
  },
  'mask-classes-both': {
    status: 422,
    en: 'Give the classes to take out (maskClasses) or the classes to keep (keepClasses), not both.',
    zh: '请只给出剔除类别（maskClasses）或保留类别（keepClasses）之一。',
  },
  'mask-extent-mismatch': {
    status: 422,
    en: 'The mask "{file}" does not cover the bands: its extent is {maskExtent}, theirs {bandExtent}.',
    zh: '掩膜“{file}”未覆盖全部波段：掩膜范围为 {maskExtent}，波段范围为 {bandExtent}。',
  },
  'raster-not-tiff': {
    status: 422,
    en: '"{file}" is not a TIFF file.',
    zh: '“{file}”不是 TIFF 文件。',
  },
  'raster-kind-unsupported': {
    status: 422,
    en: '"{file}" is stored in a way this product does not read ({reason}); write it again as a plain GeoTIFF, for example compressed with deflate.',
    zh: '“{file}”的存储方式不受支持（{reason}），请另存为普通 GeoTIFF（例如 deflate 压缩）。',
  },
  'raster-unreadable': {
    status: 422,
    en: '"{file}" is damaged or built so that it cannot be read ({reason}).',
    zh: '“{file}”已损坏，或其结构无法读取（{reason}）。',
  },
  'raster-truncated': {
    status: 422,
    en: '"{file}" ends before its pixels do: the upload or the export broke off.',
    zh: '“{file}”不完整：像元数据未结束文件即已截断。',
  },
  'raster-crs-missing': {
    status: 422,
    en: '"{file}" does not say in which coordinate system it is.',
    zh: '“{file}”没有坐标系信息。',
  },
  'raster-crs-unsupported': {
    status: 422,
    en: '"{file}" is in a coordinate system this product does not know ({crs}).',
    zh: '“{file}”使用了不支持的坐标系（{crs}）。',
  },
  'raster-crs-user-defined': {
    status: 422,
    en: '"{file}" describes a coordinate system of its own that this product cannot follow; assign it an EPSG code.',
    zh: '“{file}”使用自定义坐标系，无法解析；请为其指定 EPSG 代码。',
  },
  'raster-crs-needs-parameters': {
    status: 422,
    en: '"{file}" is in {crs}, whose shift to WGS 84 is not public; transform it to CGCS2000 or WGS 84 first.',
    zh: '“{file}”采用 {crs}，其转换参数不公开；请先转换为 CGCS2000 或 WGS 84。',
  },
  'raster-rotated': {
    status: 422,
    en: '"{file}" is rotated or mirrored; warp it north-up first.',
    zh: '“{file}”带有旋转或镜像，请先重采样为正北朝上。',
  },
  'raster-too-large': {
    status: 422,
    en: '"{file}" declares {widthPx} x {heightPx} pixels; the limit is {limitPx} pixels in all.',
    zh: '“{file}”声明为 {widthPx} × {heightPx} 像元，超过 {limitPx} 像元的上限。',
  },
  'raster-side-too-long': {
    status: 422,
    en: '"{file}" declares {widthPx} x {heightPx} pixels; no side may be longer than {limitPx}.',
    zh: '“{file}”声明为 {widthPx} × {heightPx} 像元，边长不得超过 {limitPx} 像元。',
  },
  'raster-block-too-large': {
    status: 422,
    en: '"{file}" has tiles or strips of {blockBytes} bytes; the limit is {limitBytes}. Write it tiled (256 or 512).',
    zh: '“{file}”的分块为 {blockBytes} 字节，超过 {limitBytes} 的上限，请按 256 或 512 分块存储。',
  },
  'raster-band-missing': {
    status: 422,
    en: '"{file}" has {bandCount} bands; band {band} was asked for.',
    zh: '“{file}”共有 {bandCount} 个波段，没有第 {band} 波段。',
  },
  'raster-outside-world': {
    status: 422,
    en: '"{file}" lies outside the world or across the date line: {extent}.',
    zh: '“{file}”的范围超出地球或跨越日界线：{extent}。',
  },
  'raster-inspection-timeout': {
    status: 422,
    en: 'Reading the headers took longer than {limitMs} ms; the files are damaged or made to be slow.',
    zh: '读取文件头超过 {limitMs} 毫秒：文件已损坏或有意构造。',
  },
  'raster-lost': {
    status: 500,
    en: 'The file "{file}" of the scene is no longer in the store.',
    zh: '影像文件“{file}”已不在存储中。',
  },
} as const satisfies Record<string, { status: number; en: string; zh: string }>;
