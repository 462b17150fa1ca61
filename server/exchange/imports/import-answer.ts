import { wordFinding } from '../diagnosis/wording/word-finding.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { Diagnosis, ReadyRow } from '../diagnosis/diagnose.ts';
import type { RowFaults } from '../diagnosis/finding-list.ts';
import type { Examined } from './examination/examine.thread.ts';
import type { ImportAnswer, ImportFinding } from './imports.contract.ts';
import type { ImportRow } from './imports.repository.ts';
import type { CheckedMapping } from './mapping/check-mapping.ts';
import { mapRow } from './mapping/map-row.ts';
import type { Mapping } from './mapping/mapping.ts';

/** What is told of an examined file. */
export function toAnswer(
  row: ImportRow,
  { diagnosis, shown, broken }: Examined,
  findings: readonly Finding[],
  about: {
    readonly mapping: Mapping | null;
    readonly suggested: Mapping;
    readonly source: ImportAnswer['mappingSource'];
    readonly checked: CheckedMapping;
    /** Errors that neither the file nor its mapping has, but its story. */
    readonly errorsBeside: number;
  },
): ImportAnswer {
  const { format, encoding, crs, order, notation, fields, rowCount, readyCount, areaM2, box } = diagnosis;
  return {
    id: row.id,
    mineId: row.mineId,
    fileName: row.fileName,
    sha256: row.sha256,
    state: row.state,
    format,
    encoding,
    crs,
    order,
    notation,
    fields: [...fields],
    layers: diagnosis.layers.map(layer => ({ ...layer, box: layer.box === null ? null : [...layer.box] })),
    rowCount,
    readyCount,
    areaM2,
    bbox: box === null ? null : [...box],
    features: shown.map(one => toFeature(one, about.mapping)),
    broken: [...broken],
    findings: findings.map(finding => wordFinding(finding) as ImportFinding),
    rows: rowsByFault(diagnosis, about.checked.faults),
    faults: {
      ofFile: about.errorsBeside + diagnosis.faults.ofFile + about.checked.faults.ofFile,
      errors: [...diagnosis.faults.errors, ...about.checked.faults.errors],
    },
    mapping: about.mapping,
    suggestedMapping: about.suggested,
    mappingSource: about.source,
    values: Object.fromEntries(Object.entries(about.checked.values).map(([name, list]) => [name, [...list]])),
    written: row.written,
    job: null,
    createdAt: row.createdAt,
  };
}

function rowsByFault({ unready, faults }: Diagnosis, mapped: RowFaults): ImportAnswer['rows'] {
  const sorted = (rows: Iterable<number>): number[] => [...new Set(rows)].toSorted((a, b) => a - b);
  const errors = [...faults.errors, ...mapped.errors].filter((_row, index) => index % 2 === 0);
  return { unready: [...unready], errors: sorted(errors), warnings: sorted([...faults.warnings, ...mapped.warnings]) };
}

function toFeature(row: ReadyRow, mapping: Mapping | null): ImportAnswer['features'][number] {
  const mapped = mapping === null ? undefined : mapRow(row, mapping);
  const properties = mapped !== undefined && 'properties' in mapped ? mapped.properties : undefined;
  return {
    type: 'Feature',
    id: row.number,
    geometry: row.geometry,
    properties: {
      row: row.number,
      name: row.name ?? null,
      areaM2: row.areaM2,
      planeAreaM2: row.planeAreaM2 !== undefined && Number.isFinite(row.planeAreaM2) ? row.planeAreaM2 : null,
      declaredAreaM2: row.declaredAreaM2 ?? null,
      stage: properties?.stage ?? null,
      effectiveOn: properties?.effectiveOn ?? null,
      scope: properties?.scope ?? null,
      ...(row.points === undefined ? {} : { points: row.points }),
      attributes: row.attributes,
    },
  };
}
