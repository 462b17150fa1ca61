import { join } from 'node:path';
import { chineseZoneOf } from '../../../../gis/crs/chinese-zone.ts';
import { haFromM2 } from '../../../../gis/units.ts';
import { AppError } from '../../../platform/errors.ts';
import type { ExportJob, ExportLayer, Feature, Written } from '../export-layer.ts';
import { writeTextFile } from '../parts/text-file.ts';
import { LEAST_DECIMALS, writtenRings, type WrittenRing } from './written-rings.ts';

const LINE_END = '\r\n';

/**
 * 勘测定界界址点坐标 text: a plot a feature, its rings numbered from 1 (parts and holes alike; a reader tells them apart by what
 * contains what), points named J1, J2 … through the plot, every ring closed by its first point again. X is northing, Y easting,
 * with the zone number before it where the system has one; three decimals, more for a plot whose area would not hold them.
 * Areas on the ellipsoid, in hectares.
 * @throws AppError `export-crs-unsuitable` for degrees
 */
export async function writeBoundaryPoints(job: ExportJob): Promise<Written> {
  const { layer, notes } = job;
  const zone = chineseZoneOf(job.crs.code);
  if (zone === undefined) throw new AppError('export-crs-unsuitable', { crs: job.crs.code, format: 'jzd' });
  const path = join(job.folder, `${layer.name}.txt`);
  let records = 0;
  let leftOut = 0;
  async function* pieces(): AsyncGenerator<string> {
    yield lines([
      '[属性描述]',
      '格式版本号=1.01',
      `数据产生单位=${plain(notes.owner.zh)}`,
      `数据产生日期=${notes.day}`,
      '坐标系=2000国家大地坐标系',
      `几度分带=${zone?.widthDeg}`,
      '投影类型=高斯克吕格',
      '计量单位=米',
      `带号=${zone?.zone}`,
      `精度=${10 ** -LEAST_DECIMALS}`,
      '转换参数=,,,,,,',
      '[地块坐标]',
    ]);
    for await (const feature of layer.features()) {
      const rings = writtenRings(feature.geometry);
      if (rings.length === 0) {
        leftOut += 1;
        continue;
      }
      yield plotText(layer, feature, rings);
      records += 1;
    }
  }
  await writeTextFile(path, job.encoding, pieces());
  return { path, records, leftOut };
}

const lines = (all: readonly string[]): string => all.map(line => line + LINE_END).join('');

function plotText(layer: ExportLayer, feature: Feature, rings: readonly WrittenRing[]): string {
  const { values } = feature;
  const points = rings.reduce((sum, ring) => sum + ring.length + 1, 0);
  const areaM2 = Number(values['areaM2'] ?? 0);
  const code = layer.classes === null ? null : values[layer.classes.field];
  const use = layer.classes?.terms.find(term => term.code === code)?.zh ?? '';
  const head = [
    points,
    haFromM2(areaM2).toFixed(4),
    plain(String(feature.id)),
    plain(String(values[layer.label.zh] ?? '')),
    '面',
    '',
    plain(use),
    '',
    '@',
  ];
  const body: string[] = [];
  let first = 1;
  rings.forEach((ring, index) => {
    const line = ([northing, easting]: readonly [string, string], number: number): string =>
      `J${number},${index + 1},${northing},${easting}`;
    ring.forEach((point, at) => body.push(line(point, first + at)));
    body.push(line(ring[0] as readonly [string, string], first));
    first += ring.length;
  });
  return lines([head.join(','), ...body]);
}

/** A name must not look like a part of the line. */
const plain = (text: string): string =>
  text
    .replaceAll(',', '，')
    .replaceAll('@', '＠')
    .replace(/[\r\n\t]+/g, ' ')
    .trim();
