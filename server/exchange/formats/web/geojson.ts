import { join } from 'node:path';
import type { ExportJob, Feature, Written } from '../export-layer.ts';
import { writeTextFile } from '../parts/text-file.ts';

/**
 * RFC 7946 in EPSG:4326. In another system the file says so in the `crs` member of the 2008 format, which the RFC took out
 * and every desktop program still reads.
 */
export async function writeGeoJson(job: ExportJob): Promise<Written> {
  const path = join(job.folder, `${job.layer.name}.geojson`);
  let records = 0;
  async function* pieces(): AsyncGenerator<string> {
    const { layer, notes, crs } = job;
    const head = {
      type: 'FeatureCollection',
      name: layer.name,
      ...(crs.code === 'EPSG:4326'
        ? {}
        : { crs: { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${crs.code.slice('EPSG:'.length)}` } } }),
      metadata: { title: layer.title, ...notes },
    };
    yield `${JSON.stringify(head).slice(0, -1)},"features":[`;
    for await (const feature of layer.features()) {
      yield `${records === 0 ? '\n' : ',\n'}${featureText(feature)}`;
      records += 1;
    }
    yield '\n]}\n';
  }
  await writeTextFile(path, 'utf-8', pieces());
  return { path, records, leftOut: 0 };
}

const featureText = ({ id, values, geometry }: Feature): string =>
  JSON.stringify({ type: 'Feature', id, geometry, properties: values });
