import { writeGeoTiff, type Deflate } from '../../gis/raster/write-geotiff.ts';
import type { RenderedScene } from './render-scene.ts';

export interface SceneFileBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A scene as two tiled GeoTIFFs: all bands in one, the classes on their own grid in the other. */
export async function sceneFiles(
  scene: RenderedScene,
  deflate: Deflate,
): Promise<{ readonly image: SceneFileBytes; readonly mask: SceneFileBytes }> {
  const stem = `${scene.siteCode}_${scene.acquiredOn}`;
  const image = await writeGeoTiff(
    { width: scene.grid.width, height: scene.grid.height, bands: scene.bands },
    {
      grid: scene.grid,
      sampleType: 'uint16',
      noData: 0,
      tileSize: 256,
      bands: scene.bandNames.map(description => ({ scale: scene.scale, offset: scene.offset, description })),
    },
    deflate,
  );
  const mask = await writeGeoTiff(
    { width: scene.mask.grid.width, height: scene.mask.grid.height, bands: [scene.mask.classes] },
    { grid: scene.mask.grid, sampleType: 'uint8', noData: 0, tileSize: 256, predictor: 1 },
    deflate,
  );
  return { image: { name: `${stem}.tif`, bytes: image }, mask: { name: `${stem}_classes.tif`, bytes: mask } };
}
