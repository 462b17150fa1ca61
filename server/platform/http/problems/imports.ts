// What can be wrong with an import as a request; what is wrong with the file itself are findings.
export const importProblems = {
  'import-multipart-expected': {
    status: 415,
    en: 'Send the survey file as multipart/form-data, field "file".',
    zh: '请以 multipart/form-data 方式上传测绘文件，字段名为 file。',
  },
  'import-upload-broken': {
    status: 400,
    en: 'The upload broke off or is not valid multipart/form-data.',
    zh: '上传中断，或 multipart/form-data 格式有误。',
  },
  'import-too-large': {
    status: 413,
    en: 'The upload is larger than {limitBytes} bytes.',
    zh: '上传内容超过 {limitBytes} 字节的上限。',
  },
  'import-file-missing': {
    status: 422,
    en: 'The upload holds no field "file".',
    zh: '上传内容中没有名为 file 的文件字段。',
  },
  'import-file-unreadable': {
    status: 422,
    en: '{file} cannot be read: {reason}.',
    zh: '无法读取 {file}:{reason}。',
  },
  'import-files-many': {
    status: 422,
    en: 'One file at a time: pack the parts of a Shapefile as ZIP.',
    zh: '一次只能上传一个文件；Shapefile 请打包为 ZIP。',
  },
  'import-field-not-json': {
    status: 422,
    en: 'The field "{field}" is not JSON.',
    zh: '字段“{field}”不是 JSON。',
  },
  'import-field-invalid': {
    status: 422,
    en: 'The field "{field}" is not the JSON that is described.',
    zh: '字段“{field}”的 JSON 内容不符合要求。',
  },
  'import-busy': {
    status: 503,
    en: 'Too many files are waiting to be examined; send this one again in a minute.',
    zh: '等待检查的文件过多，请一分钟后重新上传。',
  },
  'import-refused': {
    status: 422,
    en: '{errorCount} findings of import {importId} forbid writing; nothing was stored in the ledger.',
    zh: '导入 {importId} 有 {errorCount} 条错误，未写入台账。',
  },
  'import-written-before': {
    status: 409,
    en: 'Import {beforeId} has written the same file to this mine in the meantime; import {importId} wrote nothing.',
    zh: '导入 {beforeId} 已将同一文件写入该矿山；导入 {importId} 未写入任何内容。',
  },
  'import-lost': {
    status: 410,
    en: 'The rows of import {importId} are no longer kept; send the file again.',
    zh: '导入 {importId} 的数据已清理，请重新上传文件。',
  },
} as const satisfies Record<string, { status: number; en: string; zh: string }>;
