/** What the button of a fix says. */
export const FIX_MESSAGES = {
  'use-crs': { en: 'Read as {name} ({crs})', zh: '按 {name}（{crs}）读取' },
  'use-notation': { en: 'Read as {notation}, {order}', zh: '按 {notation}、{order} 读取' },
  'use-layer': { en: 'Read {name}', zh: '读取 {name}' },
  'take-layer': { en: 'Read layer {layer}', zh: '读取图层 {layer}' },
  'use-file-parameters': { en: 'Use the seven parameters of the file', zh: '使用文件中的七参数' },
  'swap-axes': { en: 'Swap longitude and latitude', zh: '交换经度与纬度' },
  'convert-offset': { en: 'Take off the {datum} offset', zh: '去除 {datum} 偏移' },
  'no-offset': { en: 'They are WGS 84 or CGCS2000', zh: '确为 WGS 84 或 CGCS2000' },
  repair: { en: 'Repair the outlines', zh: '修复图形' },
  'close-gaps': { en: 'Take the last point for the first', zh: '将末点并入首点' },
  'keep-computed-area': { en: 'Keep the computed area', zh: '采用计算面积' },
  'use-area-unit': { en: 'Read declared areas in {unit}', zh: '按 {unit} 读取声明面积' },
  'accept-overlaps': { en: 'Let the later row count', zh: '以后一行为准' },
  'accept-place': { en: 'They do lie there', zh: '位置无误' },
  'import-again': { en: 'Write it once more', zh: '再次写入' },
} as const;
