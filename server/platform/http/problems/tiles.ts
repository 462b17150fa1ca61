// What can be wrong with a tile request, in both languages.
export const tilesProblems = {
  'tile-layer-unknown': { status: 404, en: 'There is no tile layer {layer}.', zh: '没有瓦片图层 {layer}。' },
  'tile-out-of-range': {
    status: 404,
    en: 'Tile {z}/{x}/{y} does not exist in layer {layer} (zooms {minZoom} to {maxZoom}).',
    zh: '图层 {layer} 中不存在瓦片 {z}/{x}/{y}（缩放级别 {minZoom} 至 {maxZoom}）。',
  },
} as const;
